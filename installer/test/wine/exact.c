/* Wine 8's server binds UDP sockets of addresses that no adapter lists, as 127.77.0.2, to all addresses (repaired in later
 * releases), so that the demo's machines take each other's ports. Without a list of adapters it binds as it is told. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <ifaddrs.h>
#include <string.h>

int getifaddrs(struct ifaddrs **list) {
    if (!strncmp(program_invocation_short_name, "wineserver", 10)) return -1;
    int (*real)(struct ifaddrs **) = (int (*)(struct ifaddrs **))dlsym(RTLD_NEXT, "getifaddrs");
    return real(list);
}
