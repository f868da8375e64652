import type { Sql } from '../../db/connect.ts'
import type { Oidc } from '../config.ts'
import type { Log } from '../log.ts'
import { betterAuth } from 'better-auth'
import { admin, bearer, deviceAuthorization, twoFactor, username } from 'better-auth/plugins'
import { roleOfUser } from '../../db/queries/accounts.ts'
import { isOwnOrigin } from '../http/admission.ts'
import { ADDRESS_HEADER } from '../http/client-address.ts'
import { backupCodes } from './accounts.ts'
import { accountRights } from './account-rights.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { authHooks } from './auth-hooks.ts'
import { WatchedDialect } from './database-away.ts'
import { signOn } from './sign-on.ts'

/** A person who does nothing for this long is signed out (等保 level 3: idle time-out). */
export const IDLE_SECONDS = 15 * 60
/** A wall screen stays signed in until it is revoked. */
const SCREEN_SECONDS = 10 * 365 * 86_400

export interface AuthOptions {
  sql: Sql
  /** Signs cookies and encrypts second-factor secrets; at least 32 random bytes. */
  secret: string
  /** Sign-ins are written to the audit trail. */
  auditKey: Buffer
  /** Where browsers reach the server, as `https://huizhi.example.gov.cn`. */
  origin: string
  /** Sign-on by a provider of the government network; none = passwords only. */
  oidc?: Oidc | null
  /** Gets what the library finds wrong, in words only: the objects beside them may hold what somebody typed. */
  log?: Log | undefined
}

/** Accounts, sessions, second factors and screen pairing, under `/api/auth`. */
export function createAuth({ sql, secret, auditKey, origin, oidc, log }: AuthOptions) {
  return betterAuth({
    appName: '慧治一张图',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    // As admission.ts: a page of ours, whatever name or address of this machine it was opened by.
    trustedOrigins: request => [
      request?.headers.get('origin'),
    ].filter(from => from && isOwnOrigin(from, request!.headers.get('host'), origin)),
    database: {
      dialect: new WatchedDialect({ postgres: sql }),
      type: 'postgres',
    },
    telemetry: { enabled: false },
    logger: {
      disabled: !log,
      level: 'error',
      log: (_, message) => log?.error({ library: 'better-auth' }, message),
    },
    onAPIError: { throw: true }, // what is no answer of the library's reaches the server's own error handler
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'users',
      additionalFields: {
        region: { type: 'string', required: false, input: false },
        officer: { type: 'string', required: false, input: false },
        mustChangePassword: {
          type: 'boolean',
          required: false,
          input: false,
          defaultValue: false,
        },
        demo: {
          type: 'boolean',
          required: false,
          input: false,
          defaultValue: false,
        },
      },
    },
    session: { modelName: 'sessions', expiresIn: IDLE_SECONDS, updateAge: 30 },
    account: {
      modelName: 'accounts',
      accountLinking: { enabled: false },
      updateAccountOnSignIn: false, // the provider's tokens are of no use here
    },
    verification: { modelName: 'verifications' },
    rateLimit: { enabled: false }, // the server's own limits cover every route, these too
    advanced: {
      cookiePrefix: 'huizhi',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      // Comes back with the browser from the provider's page, which is another site.
      cookies: {
        state: {
          attributes: { sameSite: 'lax' },
        },
      },
      ipAddress: {
        ipAddressHeaders: [ADDRESS_HEADER],
      }, // set by the server itself, never taken from outside
    },
    hooks: authHooks(sql, auditKey),
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (await roleOfUser(sql, session.userId) === 'wall') {
              return {
                data: {
                  ...session,
                  expiresAt: new Date(Date.now() + SCREEN_SECONDS * 1000),
                },
              }
            }
          },
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 40,
        usernameValidator: name => /^[\p{L}\p{N}_.-]+$/u.test(name),
      }),
      twoFactor({
        issuer: '慧治一张图',
        twoFactorTable: 'two_factors',
        accountLockout: { enabled: true, maxFailedAttempts: 5, durationSeconds: 15 * 60 },
        trustDeviceMaxAge: 0,
        backupCodeOptions: { customBackupCodesGenerate: backupCodes },
        allowPasswordless: true, // an account that the provider of sign-on vouches for has none
      }),
      admin({ ...accountRights, defaultRole: 'grid' }),
      bearer(),
      deviceAuthorization({
        expiresIn: '10m',
        interval: '5s',
        userCodeLength: 8,
        schema: {
          deviceCode: { modelName: 'device_codes' },
        },
      }),
      ...(oidc
        ? [
            signOn({
              sql,
              auditKey,
              oidc,
            }),
          ]
        : []),
    ],
  })
}

export type Auth = ReturnType<typeof createAuth>
