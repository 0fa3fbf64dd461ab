// What Android's own start files give a program and a library, for a link without them. `_start` is
// for programs, `__dso_handle` for what registers destructors.
#ifdef PROGRAM

typedef int main_function(int, char **, char **);
extern main_function main;

// bionic/libc/private/bionic_common: the arrays of constructors and destructors; the linker has run the constructors.
struct structors { void (**preinit)(void), (**init)(void), (**fini)(void); };
__attribute__((noreturn)) void __libc_init(void *stack, void (*on_exit)(void), main_function *, const struct structors *);

__attribute__((used)) static void begin(void *stack) {
  static struct structors none;
  __libc_init(stack, 0, &main, &none);
}

#if defined(__aarch64__)
__asm__(".globl _start\n.type _start,%function\n_start:\n mov x29, #0\n mov x30, #0\n mov x0, sp\n b begin\n");
#elif defined(__x86_64__)
__asm__(".globl _start\n.type _start,@function\n_start:\n xor %rbp, %rbp\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n hlt\n");
#else
#error "no start for this processor"
#endif

#else

__attribute__((visibility("hidden"))) void *const __dso_handle = (void *)&__dso_handle;

#endif
