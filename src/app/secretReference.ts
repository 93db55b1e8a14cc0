/**
 * A text that says where a secret comes from, instead of the secret itself: `${env:NAME}`, `${file:PATH}` or
 * `${command:…}`. `{APP}` and `{ENVIRONMENT}` in it stand for both names, spelled as variables are.
 */
export const secretReference = /^\$\{(env|file|command):(?:\{(?:APP|ENVIRONMENT)\}|[^}])+\}$/;
