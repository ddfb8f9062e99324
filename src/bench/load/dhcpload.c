/* DHCPDISCOVER load (PXE client, arch 7, option 60), broadcast, W outstanding, counts OFFERs by xid.
 * dhcpload DEV COUNT WINDOW MAXSECS */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}
static int cmpd(const void* a, const void* b) {
    double x = *(double*)a, y = *(double*)b;
    return x < y ? -1 : x > y;
}
int main(int n, char** a) {
    int N = atoi(a[2]), W = atoi(a[3]);
    double maxs = atof(a[4]);
    int s = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_BROADCAST, &one, 4);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, 4);
    int rb = 4 << 20;
    setsockopt(s, SOL_SOCKET, SO_RCVBUF, &rb, 4);
    if (setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, a[1], strlen(a[1]) + 1)) {
        perror("dev");
        return 2;
    }
    struct sockaddr_in me = {AF_INET, htons(68)}, to = {AF_INET, htons(67)};
    to.sin_addr.s_addr = 0xffffffff;
    if (bind(s, (void*)&me, sizeof me)) {
        perror("bind");
        return 2;
    }
    unsigned char p[400] = {0};
    p[0] = 1;
    p[1] = 1;
    p[2] = 6;
    p[10] = 0x80;
    p[236] = 99;
    p[237] = 130;
    p[238] = 83;
    p[239] = 99;
    int o = 240;
    p[o++] = 53;
    p[o++] = 1;
    p[o++] = 1;
    p[o++] = 60;
    p[o++] = 32;
    memcpy(p + o, "PXEClient:Arch:00007:UNDI:003016", 32);
    o += 32;
    p[o++] = 93;
    p[o++] = 2;
    p[o++] = 0;
    p[o++] = 7;
    p[o++] = 94;
    p[o++] = 3;
    p[o++] = 1;
    p[o++] = 3;
    p[o++] = 16;
    p[o++] = 97;
    p[o++] = 17;
    p[o++] = 0;
    o += 16;
    p[o++] = 55;
    p[o++] = 6;
    p[o++] = 1;
    p[o++] = 3;
    p[o++] = 43;
    p[o++] = 60;
    p[o++] = 66;
    p[o++] = 67;
    p[o++] = 255;
    int len = o < 300 ? 300 : o;
    double *ts = calloc(N, sizeof *ts), *lat = calloc(N, sizeof *lat);
    int sent = 0, got = 0, out = 0, first = 0;
    char* seen = calloc(N, 1);
    double t0 = now(), last = t0;
    int lost = 0;
    while (got + lost < N && now() - t0 < maxs) {
        while (out < W && sent < N) {
            uint32_t x = htonl(0x48360000u + sent);
            memcpy(p + 4, &x, 4);
            p[28] = 2;
            p[29] = 0x48;
            memcpy(p + 30, &x, 4);
            ts[sent] = now();
            if (sendto(s, p, len, 0, (void*)&to, sizeof to) < 0) {
                perror("send");
                return 3;
            }
            sent++;
            out++;
        }
        struct pollfd f = {s, POLLIN};
        if (poll(&f, 1, 200) <= 0) {
            lost += out;
            out = 0;
            continue;
        }
        unsigned char r[1500];
        int k;
        while ((k = recv(s, r, sizeof r, MSG_DONTWAIT)) > 0) {
            if (k < 240 || r[0] != 2)
                continue;
            if (!first) {
                first = k;
                if (getenv("DUMP")) {
                    for (int i = 0; i < k; i++)
                        fprintf(stderr, "%02x", r[i]);
                    fprintf(stderr, "\n");
                }
            }
            uint32_t x;
            memcpy(&x, r + 4, 4);
            x = ntohl(x) - 0x48360000u;
            if (x < (unsigned)N && !seen[x]) {
                seen[x] = 1;
                lat[got++] = now() - ts[x];
                if (out > 0)
                    out--;
                last = now();
            }
        }
    }
    double t = last - t0;
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    qsort(lat, got, sizeof *lat, cmpd);
    printf(
        "{\"secs\":%.4f,\"offers\":%d,\"lost\":%d,\"ops\":%.0f,\"p50ms\":%.3f,\"p99ms\":%.3f,\"load_cpu\":%."
        "3f}\n",
        t, got, lost, got ? got / t : 0, got ? lat[got / 2] * 1e3 : -1, got ? lat[(int)(got * .99)] * 1e3 : -1,
        u.ru_utime.tv_sec + u.ru_utime.tv_usec * 1e-6 + u.ru_stime.tv_sec + u.ru_stime.tv_usec * 1e-6);
    return got == 0;
}
