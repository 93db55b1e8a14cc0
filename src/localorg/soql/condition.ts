import type { ConditionWithValueQuery, WhereClause } from "soql-parser-js";
import { malformedQuery } from "./soqlError.ts";

/** A WHERE clause as a tree. */
export type Condition =
  | { kind: "and" | "or"; conditions: Condition[] }
  | { kind: "not"; condition: Condition }
  | { kind: "comparison"; comparison: Comparison };

/** One comparison: everything of the parser's conditions but a lone parenthesis. */
export type Comparison = Exclude<ConditionWithValueQuery, { openParen: number; field?: never; fn?: never }>;

type Token = "(" | ")" | "AND" | "OR" | "NOT" | { comparison: Comparison };

/**
 * Makes a tree of the parser's flat list, in which parentheses are mere counts.
 *
 * @throws RestError MALFORMED_QUERY if AND and OR are mixed without parentheses, or parentheses do not match
 */
export function conditionTree(where: WhereClause): Condition {
  const tokens = tokensOf(where);
  const condition = readSequence(tokens);
  if (tokens.length > 0) throw malformedQuery("unexpected token: ')'");
  return condition;
}

function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let clause: WhereClause | undefined = where; clause; ) {
    const { left } = clause;
    for (let count = left?.openParen ?? 0; count > 0; count--) tokens.push("(");
    if (left && isComparison(left)) {
      tokens.push({ comparison: left });
      for (let count = left.closeParen ?? 0; count > 0; count--) tokens.push(")");
    }
    if (!("operator" in clause)) break;
    tokens.push(clause.operator);
    clause = clause.right;
  }
  return tokens.reverse();
}

function isComparison(condition: ConditionWithValueQuery): condition is Comparison {
  return "operator" in condition;
}

/** Reads conditions up to a closing parenthesis or the end; the next token is the last of the list. */
function readSequence(tokens: Token[]): Condition {
  const conditions = [readOne(tokens)];
  let joiner: "AND" | "OR" | undefined;
  for (let token = tokens.at(-1); token === "AND" || token === "OR"; token = tokens.at(-1)) {
    if (joiner !== undefined && token !== joiner) throw malformedQuery(`unexpected token: '${token}'`);
    joiner = token;
    tokens.pop();
    conditions.push(readOne(tokens));
  }
  const [first] = conditions;
  return conditions.length === 1 && first ? first : { kind: joiner === "OR" ? "or" : "and", conditions };
}

function readOne(tokens: Token[]): Condition {
  const token = tokens.pop();
  if (token === "NOT") return { kind: "not", condition: readOne(tokens) };
  if (token === "(") {
    const condition = readSequence(tokens);
    if (tokens.pop() !== ")") throw malformedQuery("unexpected token: '<EOF>'");
    return condition;
  }
  if (typeof token === "object") return { kind: "comparison", comparison: token.comparison };
  throw malformedQuery(`unexpected token: '${token ?? "<EOF>"}'`);
}
