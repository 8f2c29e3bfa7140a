/** Stores in machine code, as objdump prints them. */
import { expect, test } from 'vitest'
import { instructionsOf } from './disassembly.js'
import { storeSites } from './probe-sites.js'

const text = `
ffffffff813de2d0 <.text>:
ffffffff813de2d0:	call   0xffffffff81075a40
ffffffff813de379:	movb   $0x40,(%rdi)
ffffffff813de3b4:	mov    %dl,(%rdi)
ffffffff813de3b6:	mov    (%rdi),%dl
ffffffff813de41e:	mov    %cl,0xf(%rsp)
ffffffff813de420:	mov    %al,(%rsp)
ffffffff813de444:	mov    %edx,(%rdi)
ffffffff813de457:	mov    %r9b,(%r12)
ffffffff813de460:	movb   $0x2,0x6(%rbx)
ffffffff813de466:	movb   $0x1,0x1a4c9d7(%rip)        # 0xffffffff82e2babc
ffffffff813de470:	call   0xffffffff81cb6c80
ffffffff813de475:	movl   $0x40,(%rdi)
`

test('stores of a byte through a register, and calls of memset(), are found', () => {
  const sites = storeSites('f', instructionsOf(text, 0xffffffff813de2d0n), (target) => target === 'ffffffff81cb6c80')
  expect(sites).toEqual([
    { function: 'f', offset: 0xa9, base: 'di', value: 0x40 },
    { function: 'f', offset: 0xe4, base: 'di', value: 'dx' },
    { function: 'f', offset: 0x187, base: 'r12', value: 'r9' },
    { function: 'f', offset: 0x1a0, base: 'di', value: 'si', length: 'dx' },
  ])
})
