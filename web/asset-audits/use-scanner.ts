import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../contract/action.ts'
import { assetAudits } from '../../contract/asset-audits.ts'
import { act, OfflineError, uploadFile } from '../platform/client.ts'
import { dropScans, keepScan, type WaitingScan, waitingScans } from './waiting-scans.ts'

type Taken = Answer<typeof assetAudits.scan>['items'][number]
/** A scan that this page has seen through: what it was, and what the server said. */
export interface SentScan {
  scan: WaitingScan
  taken: Taken
}

/** Scans in one request. */
const atOnce = 200
/** While something waits it is tried again so often, in milliseconds. */
const againMs = 10_000
const shownSent = 100

export interface Scanner {
  waiting: readonly WaitingScan[]
  /** Those of somebody else on this device. */
  others: number
  sent: readonly SentScan[]
  sending: boolean
  /** Why the last try failed; null where it did not. */
  failure: unknown
  take: (scan: Omit<WaitingScan, 'id' | 'audit' | 'person' | 'scannedAt'>) => Promise<void>
  send: () => void
}

/**
 * Scans of one audit on this device: each is on its disk before it counts as taken down, and stays there until the server has said that it has it.
 * They are sent in batches, when they are made, when the network comes back, and again and again while some wait.
 */
export function useScanner(audit: string, person: string): Scanner {
  const [waiting, setWaiting] = useState<readonly WaitingScan[]>([])
  const [others, setOthers] = useState(0)
  const [sent, setSent] = useState<readonly SentScan[]>([])
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const busy = useRef(false)

  const reread = useCallback(async (): Promise<WaitingScan[]> => {
    const all = (await waitingScans()).filter((scan) => scan.audit === audit)
    const own = all.filter((scan) => scan.person === person)
    setWaiting(own)
    setOthers(all.length - own.length)
    return own
  }, [audit, person])

  const send = useCallback(async (): Promise<void> => {
    if (busy.current) return
    busy.current = true
    try {
      for (let own = await reread(); own.length > 0; own = await reread()) {
        setSending(true)
        const batch = await withPhotos(own.slice(0, atOnce))
        const { items } = await act(assetAudits.scan, {
          id: audit,
          scans: batch.map(({ id, code, location, scannedAt, condition, note, photo }) => ({
            id,
            code,
            location,
            scannedAt,
            condition,
            note,
            photo: typeof photo === 'string' ? photo : null,
          })),
        })
        await dropScans(batch.map((scan) => scan.id))
        const byId = new Map(items.map((item) => [item.id, item]))
        const seen = batch.flatMap((scan) => {
          const taken = byId.get(scan.id)
          return taken === undefined ? [] : [{ scan, taken }]
        })
        setSent((before) => [...seen.toReversed(), ...before].slice(0, shownSent))
        setFailure(null)
      }
    } catch (error) {
      setFailure(error)
    } finally {
      busy.current = false
      setSending(false)
    }
  }, [audit, reread])

  useEffect(() => {
    const begin = (): void => void send()
    begin()
    window.addEventListener('online', begin)
    const timer = setInterval(begin, againMs)
    return () => {
      window.removeEventListener('online', begin)
      clearInterval(timer)
    }
  }, [send])

  const take: Scanner['take'] = async (scan) => {
    await keepScan({ ...scan, id: crypto.randomUUID(), audit, person, scannedAt: new Date().toISOString() })
    await reread()
    void send()
  }
  return {
    waiting,
    others,
    sent,
    sending,
    failure: failure instanceof OfflineError ? null : failure,
    take,
    send: () => void send(),
  }
}

/** Uploads the pictures of scans, each once: the id it was given is kept with the scan. */
async function withPhotos(scans: readonly WaitingScan[]): Promise<WaitingScan[]> {
  const done: WaitingScan[] = []
  for (const scan of scans) {
    if (!(scan.photo instanceof File)) done.push(scan)
    else {
      const { id } = await uploadFile(scan.photo)
      const known = { ...scan, photo: id }
      await keepScan(known)
      done.push(known)
    }
  }
  return done
}
