/**
 * A text that says where a secret comes from, instead of the secret itself: `${env:NAME}`, `${file:PATH}` or
 * `${command:…}`.
 */
export const secretReference = /^\$\{(env|file|command):[^}]+\}$/;
