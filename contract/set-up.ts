import { z } from 'zod'
import { command, email, instant, line, query } from './action.ts'
import { zoneName } from './people.ts'

export const setup = {
  status: query({
    name: 'setup.status',
    path: '/setup',
    permission: 'public',
    summary: 'Whether this installation still waits for its first administrator.',
    input: z.object({}),
    output: z.object({ needed: z.boolean(), organisation: z.string() }),
  }),
  complete: command({
    name: 'setup.complete',
    method: 'POST',
    path: '/setup',
    permission: 'public',
    summary: 'Use the one-time set-up link: name the organisation, make the first administrator.',
    input: z.object({
      token: z.string().min(1).max(200),
      organisation: line(120),
      name: line(120),
      email,
      password: z.string().min(12).max(200),
      zone: zoneName,
    }),
    output: z.object({ email: z.string() }),
  }),
  invitation: query({
    name: 'setup.invitation',
    path: '/invitations/{token}',
    permission: 'public',
    summary: 'Whom an invitation is for, if it still works.',
    input: z.object({ token: z.string().min(1).max(200) }),
    output: z.object({ name: z.string(), email: z.string(), organisation: z.string(), expiresAt: instant }),
  }),
  accept: command({
    name: 'setup.accept',
    method: 'POST',
    path: '/invitations/{token}',
    permission: 'public',
    summary: 'Set the password an invitation is for.',
    input: z.object({ token: z.string().min(1).max(200), password: z.string().min(12).max(200) }),
    output: z.object({ email: z.string() }),
  }),
}
