// The tree of merges: where its nodes stand, and which part they belong to.

/**
 * Every node's place: leaves side by side so that no branches cross, a merge as high as its number.
 */
export function layoutTree(tree) {
  const leafCount = tree.length + 1;
  const nodes = Array.from({ length: leafCount }, (_, k) => ({
    height: 0,
    leaves: [k],
    children: null,
  }));
  tree.forEach(({ first, second, log_odds: odds }, i) => {
    const children = [nodes[first], nodes[second]];
    const leaves = [...children[0].leaves, ...children[1].leaves];
    nodes.push({ height: i + 1, odds, children, leaves });
  });
  const order = nodes[nodes.length - 1].leaves;
  order.forEach((leaf, i) => {
    nodes[leaf].x = i;
  });
  for (const node of nodes) {
    if (node.children) node.x = (node.children[0].x + node.children[1].x) / 2;
  }
  return { nodes, order };
}

/** partOf[k] is the part of component k. */
export function partsOf(groups) {
  const partOf = [];
  groups.forEach((group, part) => {
    for (const k of group) partOf[k] = part;
  });
  return partOf;
}

/** The part that all of a node belongs to; -1 where there are several. */
export function partOfNode(node, partOf) {
  const part = partOf[node.leaves[0]];
  return node.leaves.every((k) => partOf[k] === part) ? part : -1;
}

/**
 * Are the groups what a line through the tree cuts it into? Not after one was merged or split by
 * hand.
 */
export function isCut({ nodes, order }, groups, partOf) {
  const lastMerge = order.length - groups.length;
  return nodes.every(
    (node) => !node.children || partOfNode(node, partOf) >= 0 === node.height <= lastMerge,
  );
}
