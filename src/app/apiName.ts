/** API names of apps: letters, digits and single underscores, beginning with a letter and not ending with an underscore. */
export const apiName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** How many characters an API name may have. */
export const longestApiName = 80;
