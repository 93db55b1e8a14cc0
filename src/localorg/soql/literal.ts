import type { LiteralType } from "soql-parser-js";
import { RestError } from "../http/salesforceErrors.ts";
import type { Field, FieldValue } from "../objects/objectType.ts";
import { type DateRange, dateLiteralRange } from "./dateRange.ts";
import type { Column } from "./scope.ts";
import { errorAt, malformedQuery } from "./soqlError.ts";
import { unquote } from "./stringLiteral.ts";

/** A value of a query: a plain one, or the span of time that a date stands for. */
export type Literal =
  | { kind: "value"; value: FieldValue /** The quoted text, if it is one. */; source?: string }
  | ({ kind: "range" } & DateRange);

/** What the parser says of the values of a comparison. */
interface ComparedValues {
  field: string;
  value: string | string[];
  literalType?: LiteralType | LiteralType[];
}

const typeWords: Record<Field["type"], string> = {
  id: "string and should be enclosed in quotes",
  reference: "string and should be enclosed in quotes",
  string: "string and should be enclosed in quotes",
  boolean: "boolean and should not be enclosed in quotes",
  int: "int and should not be enclosed in quotes",
  datetime: "dateTime and should not be enclosed in quotes",
  date: "date and should not be enclosed in quotes",
};

/**
 * Reads the values that a field is compared with.
 *
 * @param now Milliseconds since the epoch, for TODAY and its like.
 * @throws RestError if a value is not of the field's type
 */
export function literalsOf(compared: ComparedValues, column: Column, soql: string, now: number): Literal[] {
  const values = [compared.value].flat();
  return values.map((value, index) => {
    const type = Array.isArray(compared.literalType) ? compared.literalType[index] : compared.literalType;
    const literal = literalOf(value, type, now);
    if (!fits(literal, type, column.field)) {
      throw errorAt(
        soql,
        compared.field,
        "INVALID_FIELD",
        `value of filter criterion for field '${column.path.at(-1)}' must be of type ${typeWords[column.field.type]}`,
      );
    }
    refuseNoId(literal, column.field);
    return literal;
  });
}

function literalOf(text: string, type: LiteralType | undefined, now: number): Literal {
  switch (type) {
    case "STRING":
      return { kind: "value", value: unquote(text), source: text };
    case "INTEGER":
    case "DECIMAL":
      return { kind: "value", value: Number(text) };
    case "BOOLEAN":
      return { kind: "value", value: text.toUpperCase() === "TRUE" };
    case "NULL":
      return { kind: "value", value: null };
    case "DATETIME":
    case "DATE":
      return { kind: "range", ...writtenRange(text, type) };
    default: {
      const range = dateLiteralRange(text.toUpperCase(), now);
      if (!range) throw malformedQuery(`unexpected token: '${text}'`);
      return { kind: "range", ...range };
    }
  }
}

function writtenRange(text: string, type: "DATETIME" | "DATE"): DateRange {
  // SOQL takes offsets with and without a colon, JavaScript only with one.
  const from = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (Number.isNaN(from)) throw malformedQuery(`unexpected token: '${text}'`);
  return { from, to: type === "DATE" ? from + 24 * 60 * 60 * 1000 - 1 : from };
}

function fits(literal: Literal, type: LiteralType | undefined, field: Field): boolean {
  if (literal.kind === "range") {
    return field.type === "datetime" ? type !== "DATE" : field.type === "date" && type !== "DATETIME";
  }
  if (literal.value === null) return true;
  const wanted =
    { boolean: "boolean", int: "number", datetime: "", date: "" }[field.type as string] ?? "string";
  return typeof literal.value === wanted;
}

function refuseNoId(literal: Literal, field: Field): void {
  if (literal.kind === "range" || (field.type !== "id" && field.type !== "reference")) return;
  const { value } = literal;
  if (value !== null && value !== "" && !/^([0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(String(value))) {
    throw new RestError(400, "INVALID_QUERY_FILTER_OPERATOR", `invalid ID field: ${value}`);
  }
}
