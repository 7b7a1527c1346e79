let zones: string[] | undefined

/** The IANA zones this browser knows, `UTC` first. */
export const allZones = (): string[] => (zones ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])])
