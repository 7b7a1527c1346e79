import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readMessage } from './read-message.ts'
import { cpuClock } from '../../../test/support/cpu-time.ts'

/** A message with these fields and this body, which may be bytes. */
function message(head: string | string[], body: string | Buffer = ''): Buffer {
  const fields = ['From: tess@example.org', 'Subject: test', 'Date: Mon, 5 Oct 2026 08:00:00 +0200', ...[head].flat()]
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body as string)])
}
const codes = (read: { problems: { code: string }[] }): string[] =>
  read.problems.map((one) => one.code.split('.').at(-1)!)

describe('charsets', () => {
  test.each([
    ['iso-2022-jp', 'プリンターが動きません。'],
    ['gb2312', '打印机坏了。'],
    ['gb18030', '打印机坏了，𠮷。'],
    ['big5', '印表機壞了'],
    ['euc-kr', '프린터가 고장났습니다'],
    ['windows-1250', 'Tiskárna nefunguje, příliš žluťoučký kůň'],
    ['windows-1251', 'Принтер не работает'],
    ['windows-1252', 'Der Drucker „klemmt“ – schon wieder €'],
    ['windows-1253', 'Ο εκτυπωτής δεν λειτουργεί'],
    ['windows-1254', 'Yazıcı çalışmıyor, şğı'],
    ['windows-1255', 'המדפסת לא עובדת'],
    ['windows-1256', 'الطابعة لا تعمل'],
    ['koi8-r', 'Принтер не работает'],
    ['utf-7', 'Drucker geht nicht: äöü €'],
    ['utf-16le', 'Принтер'],
  ])('%s', async (charset, text) => {
    const bytes = charset === 'iso-2022-jp' ? iso2022jp : iconv.encode(text, charset)
    const read = await readMessage(
      message(
        [`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64'],
        bytes.toString('base64'),
      ),
    )
    expect(read.text.trim()).toBe(text)
    expect(codes(read)).toEqual([])
  })

  test.each([
    ['no charset, UTF-8', [], Buffer.from('Prüfung läuft'), 'Prüfung läuft', []],
    ['no charset, windows-1252', [], Buffer.from('Prüfung läuft', 'latin1'), 'Prüfung läuft', []],
    [
      'no charset, ISO-2022-JP',
      [],
      Buffer.from([0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42]),
      '日本',
      [],
    ],
    [
      'said to be UTF-8',
      ['Content-Type: text/plain; charset=utf-8'],
      Buffer.from('Prüfung läuft', 'latin1'),
      'Prüfung läuft',
      ['charset-wrong'],
    ],
    ['said to be US-ASCII', ['Content-Type: text/plain; charset=us-ascii'], Buffer.from('Prüfung'), 'Prüfung', []],
    [
      'unknown',
      ['Content-Type: text/plain; charset=x-klingon'],
      Buffer.from('Prüfung'),
      'Prüfung',
      ['charset-unknown'],
    ],
  ])('%s', async (_name, head, body, text, problems) => {
    const read = await readMessage(message(head, body))
    expect(read.text).toBe(text)
    expect(codes(read)).toEqual(problems)
  })

  test.each([
    ['=?utf-7?Q?Dr+APw-cker?=', 'Drücker'],
    ['=?iso-8859-1?Q?J\xfcrgen?=', 'Jürgen'],
    ['=?utf-8?B?UHLDvA==?= =?utf-8?B?ZnVuZw==?=', 'Prüfung'],
    ['=?windows-1251?B?z/Do7fLl8A==?=', 'Принтер'],
    ['Pr\xfcfung', 'Prüfung'],
    ['Pr\xc3\xbcfung', 'Prüfung'],
    ['=?nonsense?Q?x?=', 'x'],
    ['=?utf-8?Q?broken', '=?utf-8?Q?broken'],
  ])('a subject %s', async (subject, text) => {
    const read = await readMessage(Buffer.from(`From: a@example.org\r\nSubject: ${subject}\r\n\r\nx`, 'latin1'))
    expect(read.subject).toBe(text)
  })
})

describe('what hangs on a message', () => {
  test('the same file thrice in other encodings; a name is none of a path', async () => {
    const file = Buffer.from('%PDF-1.4 invented\n')
    const uu = 'begin 644 uu.pdf\n2)5!$1BTQ+C0@:6YV96YT960*\n`\nend'
    const read = await readMessage(
      message(
        'Content-Type: multipart/mixed; boundary=b',
        [
          '--b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n' + uu.replaceAll('\n', '\r\n'),
          `--b\r\nContent-Type: application/pdf; name="..\\\\..\\\\evil\u202e.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64')}`,
          "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*0*=utf-8''Pr%C3%BC; filename*1=fung.pdf\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%PDF-1.4 inven=\r\nted\r\n",
          '--b--',
        ].join('\r\n'),
      ),
    )
    expect(read.text.trim()).toBe('Attached.')
    expect(read.attachments.map((one) => [one.name, one.content.toString().trim()])).toEqual([
      ['evil.pdf', file.toString().trim()],
      ['Prüfung.pdf', file.toString().trim()],
      ['uu.pdf', file.toString().trim()],
    ])
    expect(read.attachments[0]!.size).toBe(file.length)
  })

  test('a message that announces parts and has none is text', async () => {
    const read = await readMessage(message('Content-Type: multipart/mixed; boundary=b', 'Just words.\r\n'))
    expect(read).toMatchObject({ text: 'Just words.\n', attachments: [] })
    expect((await readMessage(message('Content-Type: multipart/mixed; boundary=b', ''))).attachments).toEqual([])
  })

  test('a picture or a document as the only part is attached', async () => {
    const read = await readMessage(
      message(['Content-Type: application/pdf; name=scan.pdf', 'Content-Transfer-Encoding: base64'], 'JVBERg=='),
    )
    expect(read.attachments.map((one) => one.name)).toEqual(['scan.pdf'])
    const photo = await readMessage(
      message(['Content-Type: image/jpeg; name=photo.jpg', 'Content-Transfer-Encoding: base64'], '/9j/4A=='),
    )
    expect(photo.attachments).toMatchObject([{ name: 'photo.jpg', inline: false }])
  })

  test('winmail.dat of Outlook is unpacked', async () => {
    const read = await readMessage(
      message(
        'Content-Type: multipart/mixed; boundary=b',
        `--b\r\nContent-Type: text/plain\r\n\r\nSee inside.\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${winmail().toString('base64')}\r\n--b--`,
      ),
    )
    expect(read.text).toBe('See inside.')
    expect(read.attachments.map((one) => [one.name, one.type, one.content.toString()])).toEqual([
      ['Übersicht.txt', 'text/plain', 'figures'],
    ])
    const alone = await readMessage(
      message(['Content-Type: application/ms-tnef', 'Content-Transfer-Encoding: base64'], winmail().toString('base64')),
    )
    expect(alone.text).toBe('From Outlook')
    const broken = await readMessage(
      message(
        ['Content-Type: application/ms-tnef', 'Content-Transfer-Encoding: base64'],
        winmail().subarray(0, 60).toString('base64'),
      ),
    )
    expect(broken.attachments.length).toBeLessThanOrEqual(1)
  })

  test('what S/MIME wraps in its signature is read, what it encrypts is said', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'linchpin-smime-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'ignore'] })
    run(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=Tess',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
    )
    writeFileSync(join(dir, 'inner.txt'), 'Content-Type: text/plain; charset=utf-8\r\n\r\nSigned: prüfen.\r\n')
    for (const options of [[], ['-stream']]) {
      const signed = run(
        'cms',
        '-sign',
        '-nodetach',
        '-in',
        'inner.txt',
        '-signer',
        'cert.pem',
        '-inkey',
        'key.pem',
        '-outform',
        'DER',
        ...options,
      )
      const read = await readMessage(
        message(
          [
            'Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m',
            'Content-Transfer-Encoding: base64',
          ],
          signed.toString('base64'),
        ),
      )
      expect(read.text.trim()).toBe('Signed: prüfen.')
      expect(read.subject).toBe('test')
    }
    const encrypted = run('cms', '-encrypt', '-in', 'inner.txt', '-outform', 'DER', '-aes256', 'cert.pem')
    const read = await readMessage(
      message(
        [
          'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
          'Content-Transfer-Encoding: base64',
        ],
        encrypted.toString('base64'),
      ),
    )
    expect(codes(read)).toContain('encrypted')
    expect(read.attachments.map((one) => one.name)).toEqual(['smime.p7m'])
  })
})

describe('HTML', () => {
  const html = async (body: string) =>
    (await readMessage(message('Content-Type: text/html; charset=utf-8', body))).html!

  test('alone it is the text as well, lists and links and quotes included', async () => {
    const read = await readMessage(
      message(
        'Content-Type: text/html',
        '<style>p{}</style><h1>Printer</h1><ul><li>one<li>two</ul><p>See <a href="https://example.org/a">this</a></p><blockquote type=cite>before</blockquote>',
      ),
    )
    expect(read.text).toContain('Printer')
    expect(read.text).toContain('* one')
    expect(read.text).toContain('https://example.org/a')
    expect(read.text).toContain('> before')
    expect(read.textWithoutQuotes).not.toContain('before')
  })

  test('nothing outside learns that a mail was read, and what was blocked can be asked for', async () => {
    const said = await html(
      '<img src="https://track.example/1.gif" alt=a><img src=//track.example/2.gif><img src="cid:logo@x"><img srcset="https://track.example/3.gif 2x"><img src="data:image/svg+xml;base64,AA"><div style="background:url(https://track.example/4.gif)" background="https://track.example/5.gif">x</div><link rel=stylesheet href=https://track.example/6.css><video poster=https://track.example/7.gif></video>',
    )
    expect(said).toContain('data-remote-src="https://track.example/1.gif"')
    expect(said).toContain('data-remote-src="https://track.example/2.gif"')
    expect(said).toContain('data-cid="logo@x"')
    expect(said).not.toMatch(/\ssrc=|srcset|url\(|background|poster|<link|[3-7]\.(?:gif|css)|svg/)
  })

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<svg onload=alert(1)>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action=https://evil.example><input name=password><button>Sign in</button></form>',
    '<meta http-equiv=refresh content="0;url=https://evil.example">',
    '<base href=https://evil.example>',
    '<object data=https://evil.example></object><embed src=https://evil.example>',
    '<div style="position:fixed;inset:0;z-index:9999">over everything</div>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><img src=x onerror=alert(1)></template>',
    '<p id=root class=mantine-Modal-root name=body>clobber</p>',
  ])('hostile: %s', async (body) => {
    expect(await html(`<p>before</p>${body}<p>after</p>`)).not.toMatch(
      /<(?:script|iframe|object|embed|form|input|button|meta|base|svg|math|style|template|link)\b|\son\w+\s*=\s*["']?alert|javascript:|srcdoc|position|z-index|\sid=|\sclass=|\sname=|href="data:/i,
    )
  })

  test('text that is not to be seen is not shown', async () => {
    const read = await readMessage(
      message(
        'Content-Type: text/html',
        '<div style="display:none;max-height:0">preheader</div><span hidden>a</span><span style="font-size:0px">b</span><p style="color:red">seen</p>',
      ),
    )
    expect(read.text).toBe('seen')
    expect(read.html).toBe('<p style="color:red">seen</p>')
  })

  test('what nests without end costs no more than what does not', async () => {
    const spent = cpuClock()
    const said = await html('<p>before</p>' + '<table><tr><td>a'.repeat(60_000))
    expect(said).toContain('before')
    expect(spent()).toBeLessThan(3_000)
  })

  test('inline images are tied to their place, others are listed', async () => {
    const image = 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n'
    const read = await readMessage(
      message(
        'Content-Type: multipart/related; boundary=b',
        `--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src="cid:a%40x"></p>\r\n--b\r\n${image}Content-ID: <a@x>\r\n\r\niVBORw==\r\n--b\r\n${image}Content-ID: <b@x>\r\n\r\niVBORw==\r\n--b--`,
      ),
    )
    expect(read.attachments.map((one) => [one.contentId, one.inline])).toEqual([
      ['a@x', true],
      ['b@x', false],
    ])
    expect(read.html).toContain('data-cid="a@x"')
  })

  test('an image beside plain text keeps its place in both', async () => {
    const read = await readMessage(
      message(
        'Content-Type: multipart/alternative; boundary=a',
        '--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--a\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--a--',
      ),
    )
    expect(read).toMatchObject({
      text: 'plain',
      html: '<b>rich</b>',
      kind: 'calendar',
      attachments: [{ name: 'attachment-1.ics' }],
    })
  })
})

describe('kinds', () => {
  test.each([
    ['Auto-Submitted: auto-replied (vacation)', 'automatic', 'Auto-Submitted: auto-replied (vacation)'],
    ['Auto-Submitted: no', 'ordinary', null],
    ['X-Auto-Response-Suppress: OOF, AutoReply', 'automatic', 'X-Auto-Response-Suppress: OOF, AutoReply'],
    ['X-Auto-Response-Suppress: DR, RN', 'ordinary', null],
    ['Precedence: auto_reply', 'automatic', 'Precedence: auto_reply'],
    ['Precedence: bulk', 'list', 'Precedence: bulk'],
    ['List-Id: <users.example.org>', 'list', null],
    ['X-Autoreply: yes', 'automatic', 'X-Autoreply: yes'],
    ['Return-Path: <>', 'automatic', 'Return-Path: <>'],
    ['Return-Path: <tess@example.org>', 'ordinary', null],
    ['X-Priority: 1', 'ordinary', null],
  ])('%s', async (field, kind, autoSubmitted) => {
    expect(await readMessage(message(field, 'x'))).toMatchObject({ kind, autoSubmitted })
  })

  test.each([
    ['Automatische Antwort: Drucker', 'automatic'],
    ['Out of Office: until Monday', 'automatic'],
    ['Automatic reply: Printer', 'automatic'],
    ['My automatic reply does not work', 'ordinary'],
    ['How do I set out of office?', 'ordinary'],
  ])('the subject %s', async (subject, kind) => {
    expect(await readMessage(Buffer.from(`From: a@example.org\r\nSubject: ${subject}\r\n\r\nx`))).toMatchObject({
      kind,
    })
  })

  test('a receipt of reading', async () => {
    const read = await readMessage(
      message(
        'Content-Type: multipart/report; report-type=disposition-notification; boundary=b',
        '--b\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n--b--',
      ),
    )
    expect(read.kind).toBe('receipt')
  })
})

describe('passed on', () => {
  test.each([
    [
      'Fwd: Printer',
      'Please help.\n\n---------- Forwarded message ---------\nFrom: Rita Sol <rita@example.org>\nDate: Mon, 5 Oct 2026\nSubject: Printer\nTo: Tess\n\nBroken.',
      'rita@example.org',
    ],
    [
      'WG: Drucker',
      'Bitte.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Drucker\nDatum: Mon, 5 Oct 2026\nVon: Rita Sol <rita@example.org>\nAn: Tess\n\nKaputt.',
      'rita@example.org',
    ],
    [
      'FW: Printer',
      'See below\n\nFrom: Rita Sol [mailto:rita@example.org]\nSent: Monday, October 5, 2026\nTo: Tess\nSubject: Printer\n\nBroken.',
      'rita@example.org',
    ],
    [
      'Fwd: Printer',
      'Begin forwarded message:\n\nFrom: Rita <rita@example.org>\nSubject: Printer\n\nBroken.',
      'rita@example.org',
    ],
    [
      'TR: Imprimante',
      '-------- Message transféré --------\nSujet : Imprimante\nDe : Rita <rita@example.org>\n\nCassée.',
      'rita@example.org',
    ],
    // an answer quotes in the form in which others pass on
    [
      'RE: Printer',
      'It works.\n\n-----Original Message-----\nFrom: Rita <rita@example.org>\nSent: Monday\nTo: Tess\nSubject: Printer\n\nBroken.',
      null,
    ],
    ['Printer', 'From: here to there the printer is broken.', null],
  ])('%s', async (subject, text, address) => {
    const read = await readMessage(
      Buffer.from(
        `From: tess@example.org\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`,
      ),
    )
    expect(read.forwardedFrom?.address ?? null).toBe(address)
    // what is passed on is what is asked: it stays
    expect(/Broken|Kaputt|Cassée/.test(read.textWithoutQuotes)).toBe(address !== null)
  })

  test('as an attached message', async () => {
    const read = await readMessage(
      Buffer.from(
        'From: tess@example.org\r\nSubject: Fwd: Printer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nPlease.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Rita <rita@example.org>\r\nSubject: Printer\r\n\r\nBroken.\r\n--b--',
      ),
    )
    expect(read.forwardedFrom).toEqual({ name: 'Rita', address: 'rita@example.org' })
    expect(read.attachments).toHaveLength(1)
  })
})

const iso2022jp = execFileSync(process.execPath, [
  '-e',
  // the platform decodes it and encodes it not; the library beside libmime does both
  "process.stdout.write(Buffer.from(require('encoding-japanese').convert([...Buffer.from('プリンターが動きません。')], { from: 'UTF8', to: 'JIS' })))",
])

/** A file as Outlook packs it (MS-OXTNEF): a text, and one attachment with a name in Unicode. */
function winmail(): Buffer {
  const u16 = (n: number) => Buffer.from([n & 255, n >> 8])
  const u32 = (n: number) => Buffer.from([n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24])
  const attribute = (level: number, id: number, value: Buffer) =>
    Buffer.concat([
      Buffer.from([level]),
      u32(id),
      u32(value.length),
      value,
      u16(value.reduce((sum, byte) => (sum + byte) & 0xffff, 0)),
    ])
  const padded = (value: Buffer) => Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)])
  const name = Buffer.from('Übersicht.txt\0', 'utf16le')
  const properties = Buffer.concat([
    u32(2),
    u16(0x0003),
    u16(0x3705),
    u32(1),
    u16(0x001f),
    u16(0x3707),
    u32(1),
    u32(name.length),
    padded(name),
  ])
  return Buffer.concat([
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x2800c, Buffer.from('From Outlook\0')),
    attribute(2, 0x69002, Buffer.alloc(14)),
    attribute(2, 0x18010, Buffer.from('BERSIC~1.TXT\0')),
    attribute(2, 0x6800f, Buffer.from('figures')),
    attribute(2, 0x69005, properties),
  ])
}
