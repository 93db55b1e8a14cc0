import { z } from "zod";
import type { XmlElement } from "./metadata/xmlElement.ts";
import { weekdays } from "./org.ts";
import { newProfile } from "./seed.ts";
import type { StoredOrg } from "./store.ts";
import { userPermissions } from "./userPermissions.ts";

const xmlElement: z.ZodType<XmlElement> = z.lazy(() =>
  z.object({ name: z.string(), text: z.string(), children: z.array(xmlElement) }),
);

const user = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  name: z.string(),
  profileName: z.string(),
  isActive: z.boolean(),
  isFrozen: z.boolean(),
  lastLoginAt: z.number().optional(),
  permissionSets: z.array(z.string()),
  permissionSetLicenses: z.array(z.string()).optional(),
});

const loginHours = z.object({ start: z.number(), end: z.number() });
const profile = z.object({
  name: z.string(),
  permissions: z.array(z.enum(userPermissions)),
  loginHours: z.partialRecord(z.enum(weekdays), loginHours).optional(),
  loginIpRanges: z.array(z.object({ start: z.string(), end: z.string() })),
  sessionTimeoutMinutes: z.number().optional(),
});

const login = z.object({
  id: z.string(),
  at: z.number(),
  userId: z.string(),
  application: z.string(),
  status: z.string(),
  sourceIp: z.string(),
  forwardedForIp: z.string().optional(),
});

const connectedApp = z.object({
  id: z.string(),
  name: z.string(),
  content: xmlElement,
  consumerKey: z.string(),
  consumerSecret: z.string(),
  jwtTimeoutMinutes: z.number().optional(),
  createdAt: z.number(),
  createdById: z.string(),
  modifiedAt: z.number(),
  modifiedById: z.string(),
});

const component = z.object({
  id: z.string(),
  fullName: z.string(),
  content: xmlElement,
  createdAt: z.number(),
  createdById: z.string(),
  modifiedAt: z.number(),
  modifiedById: z.string(),
  consumer: z
    .object({
      id: z.string(),
      consumerKey: z.string(),
      consumerSecret: z.string(),
      staged: z
        .object({
          id: z.string(),
          consumerKey: z.string(),
          consumerSecret: z.string(),
          state: z.enum(["Active", "Rotated"]),
          changedAt: z.number(),
        })
        .optional(),
    })
    .optional(),
});

// A session that never ends has no `expiresAt` in JSON, which does not know undefined.
const session = z
  .object({
    userId: z.string(),
    consumerKey: z.string().optional(),
    scopes: z.array(z.string()),
    issuedAt: z.number(),
    expiresAt: z.number().optional(),
  })
  .transform(({ userId, consumerKey, scopes, issuedAt, expiresAt }) => ({
    userId,
    consumerKey,
    scopes,
    issuedAt,
    expiresAt,
  }));

/** The content of an org's file; a file that was changed by hand is refused with a clear error, not half used. */
export const storedOrg: z.ZodType<StoredOrg> = z.object({
  name: z.string(),
  id: z.string(),
  isSandbox: z.boolean(),
  users: z.array(user),
  // In a file of an earlier version, a profile is no more than its name.
  profiles: z.array(profile.or(z.string().transform(newProfile))),
  permissionSets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      label: z.string(),
      // A file of an earlier version has none.
      permissions: z.array(z.enum(userPermissions)).default([]),
    }),
  ),
  connectedApps: z.array(connectedApp),
  // A file of an earlier version has none.
  components: z.array(z.tuple([z.string(), z.array(component)])).default([]),
  createdAt: z.number(),
  sessionTimeoutMinutes: z.number().default(120),
  logins: z.array(login).default([]),
  signingKey: z.object({ keyId: z.string(), privateKey: z.looseObject({ kty: z.string() }) }),
  sessions: z.array(z.tuple([z.string(), session])),
  revokedJwts: z.array(z.tuple([z.string(), z.number()])),
});
