/** One page of a list, with the names that the vendor's API uses. */
export interface Page<Item> {
  content: Item[];
  pageable: Record<string, unknown>;
  totalPages: number;
  totalElements: number;
  last: boolean;
  size: number;
  number: number;
  sort: Record<string, boolean>;
  first: boolean;
  numberOfElements: number;
  empty: boolean;
}

const defaultSize = 20;
const maxSize = 2000;

/**
 * Cuts a page out of a list.
 *
 * @param query `page` counts from 0; `size` or `limit` is how many items a page has. Unusable values mean the default.
 */
export function pageOf<Item>(items: Item[], query: Record<string, string>): Page<Item> {
  const number = wholeNumber(query.page, 0) ?? 0;
  const size = Math.min(maxSize, wholeNumber(query.size ?? query.limit, 1) ?? defaultSize);
  const content = items.slice(number * size, (number + 1) * size);
  const totalPages = Math.ceil(items.length / size);
  const sorted = query.sort !== undefined;
  const sort = { empty: !sorted, unsorted: !sorted, sorted };
  return {
    content,
    pageable: {
      sort,
      offset: number * size,
      pageNumber: number,
      pageSize: size,
      paged: true,
      unpaged: false,
    },
    totalPages,
    totalElements: items.length,
    last: number >= totalPages - 1,
    size,
    number,
    sort,
    first: number === 0,
    numberOfElements: content.length,
    empty: content.length === 0,
  };
}

function wholeNumber(text: string | undefined, least: number): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  return value < least ? undefined : value;
}
