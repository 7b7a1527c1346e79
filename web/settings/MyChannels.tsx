import { Button } from '@mantine/core'
import { useState } from 'react'
import { chatChannels } from '../../contract/chat-channels.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { ChannelForm } from './ChannelForm.tsx'
import { ChannelList } from './ChannelList.tsx'

/** Where the reader is told in a chat of their own. */
export function MyChannels() {
  const asked = useAsk(chatChannels.list, {})
  const [adding, add] = useState(false)
  return (
    <Section
      title={t('channels.mine')}
      actions={
        <Button variant="default" onClick={() => add(true)}>
          {t('channels.add')}
        </Button>
      }
    >
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('channels.mineEmpty')}</p>
          ) : (
            <ChannelList items={items} shared={false} />
          )
        }
      </Asked>
      {adding && <ChannelForm channel={null} shared={false} onClose={() => add(false)} />}
    </Section>
  )
}
