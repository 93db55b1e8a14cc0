/** A self-signed certificate in base64, made for these tests by OpenSSL. Its private key is in no place. */
export const certificate =
  "MIIBjDCCATGgAwIBAgIUDL3cra3x42ReJLMbOVyJQdwcMzwwCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPb25lLmV4YW1wbGUuY29tMCAXDTI2MTEyNjAxNDYzMFoYDzIxMjYxMTAyMDE0NjMwWjAaMRgwFgYDVQQDDA9vbmUuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASPvchokNyKmD/3c/XALtYWMf1CHEnGJGavXZcV/CyTMzJu99pQOaLU/a67n/HmTUFi/opzNZF7t/z1XdkqFSo7o1MwUTAdBgNVHQ4EFgQUylU0CJ59Zs3cxtLzDVlThCx/fqswHwYDVR0jBBgwFoAUylU0CJ59Zs3cxtLzDVlThCx/fqswDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEApBcNtEug6+lO3TybBAkfA7qjFn0EAEPIi2ufqGgBo3ACIQCyi9etBv2k19utQqgeBZB+pdLTHY8F6xCufegYcB08Rw==";

/** Another one. */
export const otherCertificate =
  "MIIBizCCATGgAwIBAgIUbnGvxHyeFWEs3y8APgqF9kKl8xswCgYIKoZIzj0EAwIwGjEYMBYGA1UEAwwPdHdvLmV4YW1wbGUuY29tMCAXDTI2MTEyNjAxNDYzMFoYDzIxMjYxMTAyMDE0NjMwWjAaMRgwFgYDVQQDDA90d28uZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQIoA8RZdfdkBkVxZCTQFyPwApNN9BFap9b/NCr7VRtkkPRKe3k1AsT44Tnm2iL6S5o9zc2ybS4HIdSnd4kMbEfo1MwUTAdBgNVHQ4EFgQUyEK8EbQvN9jIpGL8uBRCtwhnQwswHwYDVR0jBBgwFoAUyEK8EbQvN9jIpGL8uBRCtwhnQwswDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBmj2Cvez4eq/skZ2IfNZEW5TRAWmrAGAGoAQYQy+dQ8gIhAN85GC/8bu25gtHKagn4CjW8OhergITKi3hSax+iSSso";

/** A text in PEM, with lines of 64 characters. */
export function pem(base64: string, label = "CERTIFICATE"): string {
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----`;
}
