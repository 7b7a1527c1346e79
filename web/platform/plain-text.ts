/** Plain text as paragraphs of HTML: what a simple field gives to where rich text is kept. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${line.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`)
    .join('')

/** A local date and time of a zone as an instant: a time that does not exist or comes twice falls near where it would be. */
export function localInstant(on: string, time: string, zone: string): string {
  const naive = Date.parse(`${on}T${time === '' ? '00:00' : time}:00Z`)
  const shown = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const asSeen = (at: number): number => {
    const part = Object.fromEntries(shown.formatToParts(new Date(at)).map((p) => [p.type, p.value]))
    return Date.parse(`${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:00Z`)
  }
  // the zone's offset at the guess, once more after the first correction: enough around a change of offset
  let at = naive - (asSeen(naive) - naive)
  at += naive - asSeen(at)
  return new Date(at).toISOString()
}
