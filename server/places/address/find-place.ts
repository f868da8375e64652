import type { AddressBook } from './address-book.ts'
import type { Proposal } from './match-address.ts'
import { matchAddress } from './match-address.ts'

/** What somebody said of where it is. */
export interface SaidPlace {
  address?: string | null | undefined
  content: string
}

export interface FoundPlace extends Proposal {
  /** Told by the address or, where that says too little, by the matter itself. */
  by: 'address' | 'content'
}

/**
 * From so much on, a place is taken as found; below, a person decides. Measured (bench `addresses`): of ten thousand noisy
 * addresses of the demo town those with 0.8 to 0.9 were right in 98 of 100, and those below in six of ten.
 */
export const sureEnough = 0.8

/** A matter told at length: where it is stands in its first sentences. */
const mostCharacters = 400

/** The place that was said, or null when it takes a person to tell. */
export function findPlace(book: AddressBook, { address, content }: SaidPlace): FoundPlace | null {
  return (address
    ? sure(matchAddress(book, address.slice(0, mostCharacters)), 'address')
    : null) ?? sure(matchAddress(book, content.slice(0, mostCharacters), 'sentence'), 'content')
}

function sure([best]: Proposal[], by: FoundPlace['by']): FoundPlace | null {
  // A road is long: its middle is nowhere in particular.
  return best && best.confidence >= sureEnough && best.target.precision !== 'road'
    ? { ...best, by }
    : null
}
