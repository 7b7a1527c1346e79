import { type MessagePart, messageParts } from './message-parts.ts'
import { type NoteProblem } from './problems.ts'
import { signedContent } from './signed-content.ts'
import { decodedBody } from './transfer-encoding.ts'

/** What is to be read of a message: behind a signature that is wrapped around it, the content; else the message itself. */
export async function unwrapped(root: MessagePart, note: NoteProblem): Promise<MessagePart> {
  if (root.type === 'multipart/encrypted') note('encrypted')
  if (!/^application\/(?:x-)?pkcs7-mime$/.test(root.type)) return root
  const content = signedContent(decodedBody(root.body, root.encoding, note))
  if (content === null) {
    note('encrypted')
    return root
  }
  return (await messageParts(content, note)) ?? root
}
