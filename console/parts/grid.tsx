/** Tables of any length: only the rows that can be seen are there. One stop for the Tab key; arrow keys move, Enter opens, Escape closes. */

// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table does not let them
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus, and says which row is meant

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Pixels; styles/grid.css has the same. */
const ROW = 30

/** Rows that are there beyond those that can be seen, on either side. */
const SPARE = 10

/** One column. */
export interface Column<Row> {
  /** Its cells have the class `col-<name>`. */
  name: string
  head: ComponentChildren
  /** As in grid-template-columns. */
  width: string
  cell: (row: Row) => ComponentChildren
}

/** What a table is of. */
export interface GridProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf: (row: Row) => string
  /** Key of the row that is open. */
  open?: string | undefined
  onOpen?: (row: Row) => void
  onClose?: () => void
  /** Class of a row. */
  toneOf?: (row: Row) => string
  /** What is shown in place of no rows. */
  empty: ComponentChildren
}

export function Grid<Row>({ label, rows, columns, keyOf, open, onOpen, onClose, toneOf, empty }: GridProps<Row>) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ first: 0, count: 40 })
  const [active, setActive] = useState<string | undefined>(undefined)
  const found = active === undefined ? -1 : rows.findIndex((row) => keyOf(row) === active)

  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = box.current ?? {}
    const first = Math.max(0, Math.floor(scrollTop / ROW) - SPARE)
    const count = Math.ceil(clientHeight / ROW) + 2 * SPARE
    setView((former) => (former.first === first && former.count === count ? former : { first, count }))
  }
  useEffect(() => {
    look()
    const observer = new ResizeObserver(look)
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])

  // Rows that come in above what is looked at do not push it away.
  const anchor = useRef<string | undefined>(undefined)
  useLayoutEffect(() => {
    const before = anchor.current
    const place = before === undefined || !box.current || box.current.scrollTop < ROW ? -1 : rows.findIndex((row) => keyOf(row) === before)
    if (place > 0 && box.current) box.current.scrollTop += place * ROW
    anchor.current = rows[0] && keyOf(rows[0])
  }, [rows, keyOf])

  const move = (to: number) => {
    const index = Math.min(Math.max(to, 0), rows.length - 1)
    const row = rows[index]
    if (row === undefined || !box.current) return
    setActive(keyOf(row))
    const { scrollTop, clientHeight } = box.current
    const top = index * ROW
    if (top < scrollTop) box.current.scrollTop = top
    else if (top + 2 * ROW > scrollTop + clientHeight) box.current.scrollTop = top + 2 * ROW - clientHeight
    if (open !== undefined) onOpen?.(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 2)
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(found + 1),
      ArrowUp: () => move(found - 1),
      PageDown: () => move(found + page),
      PageUp: () => move(found - page),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      Enter: () => rows[found] !== undefined && onOpen?.(rows[found]),
      Escape: () => onClose?.(),
    }
    const step = steps[event.key]
    if (step === undefined || event.target !== box.current) return
    event.preventDefault()
    step()
  }

  const shown = rows.slice(view.first, view.first + view.count)
  return (
    <div
      ref={box}
      class="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={found >= view.first && found < view.first + view.count ? `${id}-${found}` : undefined}
      tabIndex={0}
      style={{ '--columns': columns.map(({ width }) => width).join(' ') }}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" class="grid-head">
        <div role="row" aria-rowindex={1}>
          {columns.map(({ name, head }) => (
            <div key={name} role="columnheader" class={`col-${name}`}>
              {head}
            </div>
          ))}
        </div>
      </div>
      {rows.length === 0 && <div class="grid-empty">{empty}</div>}
      <div role="rowgroup" class="grid-body" style={{ height: `${rows.length * ROW}px` }}>
        {shown.map((row, offset) => {
          const [key, index] = [keyOf(row), view.first + offset]
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the table, which has the focus
            <div
              key={key}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={key === open}
              class={`${index === found ? 'active' : ''} ${onOpen ? 'opens' : ''} ${toneOf?.(row) ?? ''}`}
              style={{ transform: `translateY(${index * ROW}px)` }}
              onClick={() => {
                setActive(key)
                onOpen?.(row)
              }}
            >
              {columns.map(({ name, cell }) => (
                <div key={name} role="gridcell" class={`col-${name}`}>
                  {cell(row)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
