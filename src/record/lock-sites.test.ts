/** Where functions drop a spinlock, in machine code as objdump prints it. */
import { expect, test } from 'vitest'
import { instructionsOf } from './disassembly.js'
import { savedArgument, unlockSites } from './lock-sites.js'
import { Symbols } from './symbols.js'

const symbols = new Symbols(`ffffffff81cdbb00 T __xa_erase
ffffffff81cdbbb0 T xa_erase
ffffffff81cf47f0 T _raw_spin_lock
ffffffff81cf48b0 T _raw_spin_unlock`)

const xa_erase = instructionsOf(
  `
ffffffff81cdbbb0:	endbr64
ffffffff81cdbbb4:	push   %rbp
ffffffff81cdbbb5:	mov    %rsi,%rbp
ffffffff81cdbbb8:	push   %rbx
ffffffff81cdbbb9:	mov    %rdi,%rbx
ffffffff81cdbbbc:	call   0xffffffff81cf47f0
ffffffff81cdbbc1:	mov    %rbp,%rsi
ffffffff81cdbbc4:	mov    %rbx,%rdi
ffffffff81cdbbc7:	call   0xffffffff81cdbb00
ffffffff81cdbbcc:	mov    %rbx,%rdi
ffffffff81cdbbcf:	mov    %rax,%rbp
ffffffff81cdbbd2:	call   0xffffffff81cf48b0
ffffffff81cdbbd7:	mov    %rbp,%rax
ffffffff81cdbbda:	pop    %rbx
ffffffff81cdbbdb:	pop    %rbp
`,
  0xffffffff81cdbbb0n,
)

const list_lru_del = instructionsOf(
  `
ffffffff8137cba9:	push   %r15
ffffffff8137cbb7:	mov    %rdi,%r12
ffffffff8137cbbe:	push   %rbx
ffffffff8137cbc6:	mov    %rsi,%rbx
ffffffff8137cbc8:	sub    $0x10,%rsp
ffffffff8137cbcf:	call   0xffffffff81cf47f0
ffffffff8137cbd7:	cmp    %rax,%rbx
ffffffff8137cc2a:	call   0xffffffff81cf48b0
ffffffff8137cc2f:	mov    $0x1,%eax
ffffffff8137cc46:	call   0xffffffff81cf48b0
ffffffff8137cc4b:	xor    %eax,%eax
ffffffff8137cc4d:	pop    %rbx
`,
  0xffffffff8137cba0n,
)

test('what the call before returned, and where the caller is on the stack', () => {
  expect(unlockSites(xa_erase, symbols)).toEqual([{ offset: 0x22, next: 0x27, frame: 16, result: 'bp', returned: undefined }])
})

test('what the function returns from there', () => {
  expect(unlockSites(list_lru_del, symbols)).toEqual([
    { offset: 0x8a, next: 0x8f, frame: 32, result: undefined, returned: 1 },
    { offset: 0xa6, next: 0xab, frame: 32, result: undefined, returned: 0 },
  ])
})

test('an argument that is kept to the end; none that is overwritten', () => {
  expect(savedArgument(list_lru_del, 'rdi')).toBe('r12')
  expect(savedArgument(list_lru_del, 'rsi')).toBe('bx')
  expect(savedArgument(xa_erase, 'rdi')).toBe('bx')
  expect(savedArgument(xa_erase, 'rsi')).toBeUndefined()
})
