/**
 * The content inside an S/MIME message that carries its signature around it (RFC 8551, 3.5.2; CMS SignedData, RFC 5652, 5.1). The signature
 * is not judged. Null where it is something else, as an encrypted message is.
 */
export function signedContent(der: Buffer): Buffer | null {
  try {
    const contentInfo = children(element(der, 0))
    if (contentInfo[0]?.value.toString('hex') !== signedData) return null
    const signed = children(children(contentInfo[1]!)[0]!)
    // version, digest algorithms, then what was signed
    const encapsulated = children(signed[2]!)
    const content = encapsulated[1] === undefined ? undefined : children(encapsulated[1])[0]
    return content === undefined ? null : octets(content, 0)
  } catch {
    return null
  }
}

/** 1.2.840.113549.1.7.2 */
const signedData = '2a864886f70d010702'

interface Element {
  tag: number
  value: Buffer
  /** With its tag and length. */
  size: number
}

/** One element in BER (X.690, 8.1), of definite or indefinite length. Throws where it ends too early. */
function element(bytes: Buffer, at: number, depth = 0): Element {
  if (depth > 20) throw new RangeError('nested too deep')
  const tag = bytes.readUInt8(at)
  const first = bytes.readUInt8(at + 1)
  if (first === 0x80) {
    let end = at + 2
    while (bytes.readUInt16BE(end) !== 0) end += element(bytes, end, depth + 1).size
    return { tag, value: bytes.subarray(at + 2, end), size: end + 2 - at }
  }
  const count = first < 0x80 ? 0 : first & 0x7f
  const length = count === 0 ? first : bytes.readUIntBE(at + 2, count)
  const from = at + 2 + count
  if (from + length > bytes.length) throw new RangeError('ends too early')
  return { tag, value: bytes.subarray(from, from + length), size: 2 + count + length }
}

function children(parent: Element): Element[] {
  const found: Element[] = []
  for (let at = 0; at < parent.value.length;) {
    const child = element(parent.value, at)
    found.push(child)
    at += child.size
  }
  return found
}

/** An octet string, in one piece or in many. */
function octets(one: Element, depth: number): Buffer {
  if (depth > 5) throw new RangeError('nested too deep')
  return (one.tag & 0x20) === 0 ? one.value : Buffer.concat(children(one).map((piece) => octets(piece, depth + 1)))
}
