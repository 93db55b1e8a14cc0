const firstVersion = 31;
const latestVersion = 67;
const seasons = ["Summer", "Winter", "Spring"];

/** The newest API version of a local org. */
export const latestApiVersion = `${latestVersion}.0`;

/** The API versions of an org, oldest first, as `GET /services/data` lists them. Three releases make a year. */
export function apiVersions(): { label: string; url: string; version: string }[] {
  return Array.from({ length: latestVersion - firstVersion + 1 }, (_, index) => {
    const version = `${firstVersion + index}.0`;
    const season = seasons[index % 3] ?? "";
    // Version 31 is Summer '14; a winter release carries the number of the year to come.
    const year = 14 + Math.floor((index + 2) / 3);
    return { label: `${season} '${year}`, url: `/services/data/v${version}`, version };
  });
}

/** Whether a path names a version that exists, such as `v67.0`. */
export function isApiVersion(segment: string): boolean {
  const [, major] = /^v(\d{2})\.0$/.exec(segment) ?? [];
  return major !== undefined && Number(major) >= firstVersion && Number(major) <= latestVersion;
}
