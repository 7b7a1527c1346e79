import { expect, test } from 'vitest'
import { mailDate } from './mail-date.ts'

test.each([
  ['Fri, 21 Nov 1997 09:55:06 -0600', '1997-11-21T15:55:06.000Z'],
  ['21 Nov 97 09:55:06 GMT', '1997-11-21T09:55:06.000Z'],
  ['Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)', '1969-02-14T03:02:00.000Z'],
  ['Tue, 01 Apr 03 10:00:00 EST', '2003-04-01T15:00:00.000Z'],
  ['Sat, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59.000Z'],
  ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.000Z'],
  ['Mon, 1 Foo 2024 10:00:00 +0000', null],
  ['yesterday', null],
  ['', null],
])('%s', (value, at) => expect(mailDate(value)).toBe(at))
