import type { Account, AccountChange, AccountInput, AccountWithPassword, BindableOfficer } from '#contract/access.ts'
import { shallowRef } from 'vue'
import { getJson, sendJson } from '../api.ts'

/** The accounts, and what can be done with one. What does not succeed rejects with ApiProblem and changes nothing here. */
export function useAccounts() {
  /** null until they came. */
  const accounts = shallowRef<Account[] | null>(null)
  const officers = shallowRef<BindableOfficer[]>([])
  const failure = shallowRef<unknown>(null)

  async function load() {
    failure.value = null
    try {
      [accounts.value, officers.value] = await Promise.all([
        getJson<Account[]>('/api/v1/accounts'),
        getJson<BindableOfficer[]>('/api/v1/accounts/officers'),
      ])
    }
    catch (error) {
      failure.value = error
    }
  }

  function keep(account: Account): Account {
    accounts.value = [
      ...(accounts.value ?? []).filter(({ id }) => id !== account.id),
      account,
    ].sort((a, b) => a.username < b.username
      ? -1
      : 1)
    return account
  }
  const at = (id: string, what = '') => `/api/v1/accounts/${encodeURIComponent(id)}${what}`
  async function told(answer: Promise<AccountWithPassword>): Promise<AccountWithPassword> {
    const { account, password } = await answer
    return {
      account: keep(account),
      password,
    }
  }

  return {
    accounts,
    officers,
    failure,
    load,
    add: (input: AccountInput) => told(sendJson('POST', '/api/v1/accounts', input)),
    change: async (id: string, change: AccountChange) => keep(await sendJson('PATCH', at(id), change)),
    ban: async (id: string, reason: string) => keep(await sendJson('PUT', at(id, '/ban'), { reason })),
    unban: async (id: string) => keep(await sendJson('DELETE', at(id, '/ban'))),
    reset: (id: string) => told(sendJson('POST', at(id, '/reset'))),
    signOut: async (id: string) => keep(await sendJson('POST', at(id, '/sign-out'))),
    remove: async (id: string) => {
      await sendJson('DELETE', at(id))
      accounts.value = accounts.value?.filter(account => account.id !== id) ?? null
    },
  }
}
