import type { CustomField, ValuesGiven } from '../../contract/fields.ts'

/**
 * What of the values of a form is sent: what differs from what was there, so that a value which fits its field no more does not stand in the way
 * of another. What is encrypted is sent once something is typed, and never taken away by an empty input.
 */
export function changedValues(
  fields: readonly Pick<CustomField, 'key' | 'encrypted'>[],
  before: ValuesGiven,
  values: ValuesGiven,
): ValuesGiven {
  const said = (value: ValuesGiven[string] | undefined) => (value === undefined || value === '' ? null : value)
  return Object.fromEntries(
    fields.flatMap(({ key, encrypted }) => {
      const value = said(values[key])
      return value === (encrypted ? null : said(before[key])) ? [] : [[key, value]]
    }),
  )
}
