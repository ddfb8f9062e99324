/* Wine 8 lacks GetAnycastIpAddressTable, without which Java 25 lists no network adapters: an empty table. */
#include <windows.h>
__declspec(dllexport) DWORD WINAPI GetAnycastIpAddressTable(unsigned short family, void **table) {
    (void)family;
    *table = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 64);
    return NO_ERROR;
}
BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved) {
    (void)self, (void)reason, (void)reserved;
    return TRUE;
}
