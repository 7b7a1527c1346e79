import { cut } from '../../platform/rules/storable-text.ts'

/** A ticket named in a subject: `[INC-1042/k7m]` as our mails write it, or the bare reference as people type it. */
export interface SubjectTag {
  reference: string
  /** By which an installation knows its own; null where a person typed the reference alone. */
  mark: string | null
}

const tagged = /(?<![\p{L}\p{N}-])((?:INC|REQ)-\d{1,12})(?:\/([a-z2-7]{3}))?(?![\p{L}\p{N}-])/giu

/** Tickets named in a subject, in its order; those with a mark first: they are what a mail program kept. */
export function subjectTags(subject: string): SubjectTag[] {
  const all = [...subject.matchAll(tagged)].map(([, reference, mark]): SubjectTag => ({
    reference: reference!.toUpperCase(),
    mark: mark?.toLowerCase() ?? null,
  }))
  return [...all.filter((one) => one.mark !== null), ...all.filter((one) => one.mark === null)].slice(0, 10)
}

const reply = /^\s*(?:(?:re|aw|antw|sv|vs|ref|rif|res|odp|回复|回覆|答复)\s*(?:\[\d+\])?\s*[:：]\s*)+/iu
/** What the common clients put before the subject of what they pass on, in their languages. */
const forward =
  /^\s*\[?\s*(?:fwd?|fw|wg|wtr|tr|rv|enc|i|inoltr|doorst|vb|vl|pd|转发|轉寄|пересл)\s*(?:\[\d+\])?\s*[:：]/iu

export const isForwardSubject = (subject: string): boolean => forward.test(subject)
export const isReplySubject = (subject: string): boolean => reply.test(subject)

/** What a ticket is called after a mail: without what mail programs put before and without tags of ours. */
export function titleOf(subject: string): string {
  let text = subject.slice(0, 1000)
  for (let before = ''; before !== text;) {
    before = text
    text = text
      .replace(reply, '')
      .replace(forward, '')
      .replace(/^\s*\[(?:INC|REQ)-\d{1,12}(?:\/[a-z2-7]{3})?\]\s*/iu, '')
      .trim()
  }
  return cut(
    text
      .replace(/\[(?:INC|REQ)-\d{1,12}\/[a-z2-7]{3}\]/giu, ' ')
      .replace(/\p{Cc}/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    255,
  )
}
