/** A text that says where a secret comes from, in place of the secret: `${env:NAME}`, `${file:PATH}` or `${command:…}`. */
export const secretReference = /^\$\{(env|file|command):[^}]+\}$/;
