const { isObjectType } = require("graphql");

/**
 * A code generator's plugin: the names of all object types without an `id`. The cache keeps those
 * inside their parents, as they have no identity of their own.
 */
module.exports = {
  plugin(schema) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const names = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith("__"))
      .filter((type) => !roots.includes(type) && !type.getFields().id)
      .map((type) => type.name)
      .sort();
    return `export const typesWithoutId: readonly string[] = ${JSON.stringify(names, null, 2)};\n`;
  },
};
