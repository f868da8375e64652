import { createAccessControl } from 'better-auth/plugins/access'
import { Role } from '#contract/role.ts'

/** What the account pages of the library may do, by role: only an administrator manages accounts, and nobody takes another's place. */
const control = createAccessControl({
  user: [
    'create',
    'list',
    'set-role',
    'ban',
    'delete',
    'set-password',
    'get',
    'update',
  ],
  session: ['list', 'revoke', 'delete'],
})
const manager = control.newRole({
  user: [
    'create',
    'list',
    'set-role',
    'ban',
    'delete',
    'set-password',
    'get',
    'update',
  ],
  session: ['list', 'revoke', 'delete'],
})
const nobody = control.newRole({ user: [], session: [] })

export const accountRights = {
  ac: control,
  roles: Object.fromEntries(Role.options.map(role => [
    role,
    role === 'admin'
      ? manager
      : nobody,
  ])),
  adminRoles: ['admin'],
}
