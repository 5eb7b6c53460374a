// What others follow the changes of.

export class Observable {
  #listeners = [];

  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** Calls every listener with `change`: what has changed, or by default this object. */
  notify(change = this) {
    for (const listener of this.#listeners) listener(change);
  }
}
