import { Modal } from '@mantine/core'
import { BrowserMultiFormatReader, type IScannerControls } from '@zxing/browser'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'

/** The tag a code stands for: the code of a label leads to the thing's address, a bar code is the tag itself. */
export const tagOfCode = (text: string): string => {
  const found = /\/assets\/([^/?#]+)/.exec(text)
  return found === null ? text.trim() : decodeURIComponent(found[1]!)
}

/** Reads codes with the camera until it is closed; each is told once. */
export function ScanDialog({ onFound, onClose }: { onFound: (tag: string) => void; onClose: () => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const tell = useRef(onFound)
  const [found, find] = useState<readonly string[]>([])
  const [failed, fail] = useState(false)
  useEffect(() => {
    tell.current = onFound
  })
  useEffect(() => {
    let controls: IScannerControls | undefined
    let over = false
    const seen = new Set<string>()
    const begin = async (): Promise<void> => {
      const started = await new BrowserMultiFormatReader().decodeFromConstraints(
        { video: { facingMode: 'environment' } },
        video.current ?? undefined,
        (result) => {
          const tag = result === undefined ? '' : tagOfCode(result.getText())
          if (tag === '' || seen.has(tag)) return
          seen.add(tag)
          find([...seen])
          tell.current(tag)
        },
      )
      if (over) started.stop()
      else controls = started
    }
    begin().catch(() => fail(true))
    return () => {
      over = true
      controls?.stop()
    }
  }, [])
  return (
    <Modal opened onClose={onClose} title={t('scan.title')}>
      {failed ? (
        <p role="alert">{t('scan.failed')}</p>
      ) : (
        <>
          <p className="soft" style={{ marginTop: 0 }}>
            {t('scan.help')}
          </p>
          <video
            ref={video}
            muted
            playsInline
            style={{ width: '100%', borderRadius: 8 }}
            aria-label={t('scan.title')}
          />
        </>
      )}
      <ul aria-live="polite" style={{ margin: '8px 0 0', paddingInlineStart: 18 }}>
        {found.map((tag) => (
          <li key={tag}>
            <Link to={paths.asset(tag)}>{tag}</Link>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
