import type { Context } from "hono";

/** A page of a list of the Connect API, and where it and the next one are. */
interface Page<Item> {
  items: Item[];
  currentPageUrl: string;
  nextPageUrl: string | null;
}

/**
 * Cuts a page out of a list.
 *
 * @param defaultSize if the request names no `pageSize`
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_usage.htm
 */
export function pageOf<Item>(all: readonly Item[], context: Context, defaultSize: number): Page<Item> {
  const page = wholeNumber(context.req.query("page")) ?? 0;
  const pageSize = wholeNumber(context.req.query("pageSize")) || defaultSize;
  const urlOf = (number: number) => `${context.req.path}?page=${number}&pageSize=${pageSize}`;
  const end = (page + 1) * pageSize;
  return {
    items: all.slice(page * pageSize, end),
    currentPageUrl: urlOf(page),
    nextPageUrl: end < all.length ? urlOf(page + 1) : null,
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
