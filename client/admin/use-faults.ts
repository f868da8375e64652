import { useI18n } from 'vue-i18n'
import { ApiProblem } from '../api.ts'

const reasons = [
  'self',
  'last-admin',
  'too-many',
  'own',
  'not-own',
  'waiting',
  'over',
]

const fields = [
  'username',
  'name',
  'role',
  'region',
  'officer',
  'subject',
  'userCode',
] as const
type Field = (typeof fields)[number]

/** What the server refused, in the words of the page. */
export function useFaults() {
  const { t } = useI18n()

  /** One sentence about the whole of it. */
  function sentence(error: unknown): string {
    if (!(error instanceof ApiProblem))
      throw error
    const { status, reason } = error.problem as ApiProblem['problem'] & { reason?: string }
    if (reason && reasons.includes(reason))
      return t(`admin.refused.${reason}`)
    switch (status) {
      case 0:
        return t('admin.fault.unreachable')
      case 403:
        return t('admin.fault.forbidden')
      case 404:
        return t('admin.fault.gone')
      case 422:
        return t('admin.fault.invalid')
      default:
        return t('admin.fault.server', { status })
    }
  }

  /** What is wrong with one field; null when nothing is. */
  function about(error: unknown, field: Field): string | null {
    const found = error instanceof ApiProblem && error.problem.errors?.find(({ path }) => path === field)
    if (!found)
      return null
    return found.message === 'is taken'
      ? t('admin.wrong.taken')
      : t(`admin.wrong.${field}`)
  }

  /** Whether it is said beside a field, so that nothing need be said about the whole. */
  const isBesideField = (error: unknown) => error instanceof ApiProblem && error.problem.errors?.some(({ path }) => fields.includes(path as Field)) === true

  return {
    sentence,
    about,
    isBesideField,
  }
}
