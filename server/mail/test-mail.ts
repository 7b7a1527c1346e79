import { sentence } from '../platform/catalogue.ts'
import type { Composer } from './compose.ts'

/** The mail that says that mail works. */
export const testMail = (publicUrl: string): Composer => ({
  kind: 'test',
  compose: async (_tx, to) => ({
    subject: sentence('mail.test.subject'),
    body: {
      title: sentence('mail.test.subject'),
      intro: [sentence('mail.test.words', { name: to.name })],
      sections: [],
      footer: [{ words: sentence('mail.footer.from'), href: publicUrl }],
    },
    thread: null,
    unsubscribe: null,
  }),
})
