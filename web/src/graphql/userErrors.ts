import { graphql } from "./generated";

/** Spread into every payload: `userErrors { ...UserErrorParts }`. */
export const UserErrorParts = graphql(`
  fragment UserErrorParts on UserError {
    code
    message
    path
    params {
      name
      value
    }
  }
`);
