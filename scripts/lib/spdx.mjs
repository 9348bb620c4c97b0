// Reads SPDX licence expressions, with the habits of the registries: "A/B" is an old way to write "A OR B".
// Precedence as in the standard: WITH binds closest, then AND, then OR.

/** Returns the expression as a tree of { or: [] }, { and: [] } and { licence }; throws what is wrong with it. */
export function parse(expression) {
  const tokens = expression.replaceAll("/", " OR ").match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const take = (word) => tokens[at]?.toUpperCase() === word && ++at > 0;

  const list = (word, key, part) => {
    const parts = [part()];
    while (take(word)) parts.push(part());
    return parts.length === 1 ? parts[0] : { [key]: parts };
  };
  const alternatives = () => list("OR", "or", () => list("AND", "and", licence));
  const licence = () => {
    if (take("(")) {
      const inside = alternatives();
      if (!take(")")) throw new Error(`unclosed bracket in "${expression}"`);
      return inside;
    }
    const name = word();
    return { licence: take("WITH") ? `${name} WITH ${word()}` : name };
  };
  const word = () => {
    const token = tokens[at++];
    if (!token || /^([()]|OR|AND|WITH)$/i.test(token)) throw new Error(`licence expected in "${expression}"`);
    return token;
  };

  const tree = alternatives();
  if (at !== tokens.length) throw new Error(`"${tokens[at]}" not understood in "${expression}"`);
  return tree;
}

/** Says whether somebody who accepts the licences in `allowed` may use what is under this expression. */
export function satisfies(expression, allowed) {
  const ok = (node) =>
    node.or ? node.or.some(ok) : node.and ? node.and.every(ok) : allowed.has(node.licence);
  return ok(parse(expression));
}
