import type { Sql } from '../../db/connect.ts'
import type { Oidc } from '../config.ts'
import { genericOAuth } from 'better-auth/plugins'
import { bindSubject } from '../../db/queries/accounts.ts'
import { record } from './audit.ts'

/**
 * Sign-on by a provider of the government network (OpenID Connect, code flow with PKCE). An administrator makes the account and
 * decides what it may do; the provider only proves who somebody is.
 *
 * Which account that is: the one that is bound to the provider's `sub`. Where none is, the one whose sign-in name is the
 * provider's `preferred_username`, if it is not bound yet, and it is bound then: a name may be given to somebody else one day,
 * a `sub` may not (OpenID Connect Core 1.0 §5.7). A mail address counts for nothing.
 */
export function signOn({ sql, auditKey, oidc: { issuer, clientId, clientSecret } }: { sql: Sql, auditKey: Buffer, oidc: Oidc }) {
  return genericOAuth({
    config: [
      {
        providerId: 'oidc',
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'profile'],
        pkce: true,
        disableSignUp: true,
        disableImplicitSignUp: true,
        requireIdTokenVerification: true,
        // Called once the provider's answer has been verified.
        async mapProfileToUser(profile) {
          const subject = String(profile.sub)
          const name = String(profile.preferred_username ?? '').trim().toLowerCase()
          if (name !== '')
            await bind(sql, auditKey, { subject, name })
          return {
            // The library wants one, and would look for an account with it: no account has this.
            email: `${Buffer.from(subject).toString('hex')}@sign-on.invalid`,
            name: String(profile.name ?? name),
          }
        },
      },
    ],
  })
}

async function bind(sql: Sql, auditKey: Buffer, claims: { subject: string, name: string }): Promise<void> {
  await sql.begin(async (tx) => {
    const account = await bindSubject(tx, claims)
    if (!account)
      return
    await record(tx, auditKey, [
      {
        actor: account.id,
        actorName: account.name,
        role: account.role,
        address: null,
        action: 'account.bind-sign-on',
        target: account.id,
        before: null,
        after: { subject: claims.subject },
      },
    ])
  })
}
