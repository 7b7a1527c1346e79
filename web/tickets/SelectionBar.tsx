import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { t } from '../platform/i18n.ts'
import classes from '../ui/FilteredList.module.css'

interface Props {
  n: number
  onAct: (which: 'assign' | 'state' | 'priority' | 'resolve') => void
  /** As text: how many the filters find. */
  all: string | undefined
  onBulk: (all: boolean) => void
  onMe: () => void
  onClear: () => void
}

export const SelectionBar = ({ n, all, onAct, onBulk, onMe, onClear }: Props) => (
  <div className={classes['bar']} role="toolbar" aria-label={t('selection.label')}>
    <span className="figures">{t('selection.count', { n })}</span>
    <Button variant="default" onClick={onMe}>
      {t('assign.me')}
    </Button>
    <Button variant="default" onClick={() => onAct('assign')}>
      {t('assign.verb')}
    </Button>
    <Button variant="default" onClick={() => onAct('state')}>
      {t('stateChoice.verb')}
    </Button>
    <Button variant="default" onClick={() => onAct('priority')}>
      {t('priorityChoice.verb')}
    </Button>
    <Button variant="default" onClick={() => onAct('resolve')}>
      {t('resolve.verb')}
    </Button>
    <Button variant="default" onClick={() => onBulk(false)}>
      {t('bulkEdit.verb')}
    </Button>
    {all !== undefined && (
      <Button variant="default" onClick={() => onBulk(true)}>
        {t('bulkEdit.all', { n: all })}
      </Button>
    )}
    <ActionIcon aria-label={t('queue.clearSelection')} onClick={onClear}>
      <IconX size={15} />
    </ActionIcon>
  </div>
)
