import libqp from 'libqp'
import { type NoteProblem } from './problems.ts'
import { uudecoded } from './uuencode.ts'

/** Bytes of a body (RFC 2045, 6); where the encoding is unknown, as they stand. */
export function decodedBody(body: Buffer, encoding: string, note: NoteProblem): Buffer {
  switch (encoding.replace(/\s+/g, '-')) {
    case 'base64':
      return base64(body, note)
    case 'quoted-printable':
      return libqp.decode(body.toString('latin1'))
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return uudecoded(body.toString('latin1')).files[0]?.content ?? body
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body
    default:
      if (!/^[78]-?bits?$/.test(encoding)) note('encoding-unknown', { encoding: encoding.slice(0, 40) })
      return body
  }
}

function base64(body: Buffer, note: NoteProblem): Buffer {
  // words after the padding on its line belong to nobody
  let text = body.toString('latin1').replace(/=[ \t]+\S[^\r\n]*/g, '=')
  if (/[^A-Za-z0-9+/=\s]/.test(text)) {
    note('base64-broken')
    text = text.replace(/[^A-Za-z0-9+/=]+/g, '')
  }
  // several encodings one after the other each end in their own padding
  return /=\s*[A-Za-z0-9+/]/.test(text)
    ? Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')))
    : Buffer.from(text, 'base64')
}
