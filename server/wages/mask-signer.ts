/** 诸葛某 would need a list of double surnames: the first character says no more than is meant to. */
export function surnameOf(signer: string | null): string | null {
  return signer && `${[...signer][0]}某`
}
