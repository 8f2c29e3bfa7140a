/** Sizes of memory as people write and read them; a unit is 1024 of the one before. */

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** `512 bytes`, `1.5 GB`: in the largest unit of which there is one, to one decimal. */
export function formatSize(bytes: number): string {
  const unit = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = (bytes / 1024 ** unit).toLocaleString('en-US', { maximumFractionDigits: 1 })
  return `${value} ${units[unit]}`
}

/** Bytes of `500M`, `4G`, `1.5g`; undefined where the text is nothing of the sort. */
export function parseSize(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([KMGT])$/i.exec(text) ?? []
  const bytes = Math.floor(Number(number) * 1024 ** ('KMGT'.indexOf(unit.toUpperCase()) + 1))
  return unit !== '' && bytes > 0 ? bytes : undefined
}
