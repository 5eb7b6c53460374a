// Canvases that know when to draw.

const kFont = "11px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

const pictures = new Map(); // of their canvases
let requestedFrame = 0;
let observers = null; // made with the first picture, so that this module can be imported without a browser

function makeObservers() {
  const views = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) pictures.get(entry.target).setInView(entry.isIntersecting);
    },
    { rootMargin: "400px" },
  );
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) pictures.get(entry.target).invalidate();
  });
  return [views, sizes];
}

/** However many changes there are, each picture is drawn once a frame. */
function requestRedraw() {
  requestedFrame ||= requestAnimationFrame(() => {
    requestedFrame = 0;
    for (const picture of pictures.values()) picture.redrawIfNeeded();
  });
}

/** A canvas that redraws when it comes into view, is resized, or the colours change. */
export class Picture {
  /** draw(context, theme): theme has width, height and the colours of the style sheet. */
  constructor(className, draw) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = className;
    this.draw = draw;
    this.dirty = true;
    this.inView = false;
    pictures.set(this.canvas, this);
    observers ??= makeObservers();
    for (const observer of observers) observer.observe(this.canvas);
  }

  redraw() {
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (width === 0 || height === 0) return;
    const density = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    const context = this.canvas.getContext("2d");
    context.scale(density, density);
    context.font = kFont;
    this.draw(context, { width, height, ...this.colours() });
    this.dirty = false;
  }

  colours() {
    const style = getComputedStyle(this.canvas);
    const named = ["ink", "soft", "line", "ground"].map((name) => [
      name,
      style.getPropertyValue(`--${name}`).trim(),
    ]);
    return { ...Object.fromEntries(named), own: style.color };
  }

  redrawIfNeeded() {
    if (this.inView && this.dirty) this.redraw();
  }
  setInView(inView) {
    this.inView = inView;
    this.redrawIfNeeded();
  }
  /** What it shows has changed. */
  invalidate() {
    this.dirty = true;
    if (this.inView) requestRedraw();
  }
}

/** Redraws all pictures when the colours of the page change, and for paper. */
export function followColourScheme() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const picture of pictures.values()) picture.invalidate();
  });
  // Paper is white whatever the screen is, and shows what was never scrolled into view.
  const onPaper = (paper) => () => {
    document.documentElement.classList.toggle("paper", paper);
    for (const picture of pictures.values()) picture.redraw();
  };
  window.addEventListener("beforeprint", onPaper(true));
  window.addEventListener("afterprint", onPaper(false));
}
