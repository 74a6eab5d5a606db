/* SPDX-License-Identifier: Apache-2.0 */
#include "handle.h"

#include <fcntl.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The kernel hands packets over in blocks, at the latest so long after a block's first one. */
#define BLOCK_MS 20
#define ANY "any"
#define RING_DEFAULT (32 * 1024 * 1024)

void put_line(char *out, int capacity, const char *text) {
    if (capacity > 0) {
        (void)snprintf(out, (size_t)capacity, "%.*s", (int)strcspn(text, "\n"), text);
    }
}

int64_t millis_monotonic(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int await(int descriptor, int wake, int wait_ms) {
    /* Who does not wait leaves the call that ends a wait to the next one who does. */
    struct pollfd polled[2] = {{.fd = descriptor, .events = POLLIN}, {.fd = wait_ms == 0 ? -1 : wake, .events = POLLIN}};
    int64_t end = millis_monotonic() + wait_ms;
    int ready;
    while ((ready = poll(polled, 2, wait_ms)) < 0 && errno == EINTR) {
        int64_t left = end - millis_monotonic();
        wait_ms = wait_ms < 0 ? -1 : left > 0 ? (int)left : 0;
    }
    if (ready < 0) {
        return -errno;
    }
    uint64_t calls;
    if (polled[1].revents != 0 && read(wake, &calls, sizeof(calls)) > 0) {
        return 0;
    }
    return polled[0].revents != 0;
}

static struct shawk_pcap *allocate(void) {
    struct shawk_pcap *pcap = calloc(1, sizeof(*pcap));
    if (pcap != NULL) {
        pcap->descriptor = -1;
        pcap->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (pcap->wake < 0) {
            free(pcap);
            pcap = NULL;
        }
    }
    return pcap;
}

void shawk_pcap_close(struct shawk_pcap *pcap) {
    if (pcap->pcap != NULL) {
        pcap_close(pcap->pcap);
    }
    reader_close(&pcap->reader);
    close(pcap->wake);
    free(pcap);
}

/* What the caller gets: the handle, or the reason. */
static int finish(struct shawk_pcap *pcap, int result, struct shawk_pcap **out, char *why, int capacity) {
    put_line(why, capacity, pcap->why);
    if (result < 0) {
        shawk_pcap_close(pcap);
        return result;
    }
    pcap->link = pcap_datalink(pcap->pcap);
    *out = pcap;
    return 0;
}

static int errno_of(int status) {
    switch (status) {
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return -ENODEV;
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
        return -EPERM;
    case PCAP_ERROR_IFACE_NOT_UP:
        return -ENETDOWN;
    default:
        return -EIO;
    }
}

static int is_loopback(const char *name) {
    struct ifreq request = {0};
    (void)snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int answer = fd >= 0 && ioctl(fd, SIOCGIFHWADDR, &request) == 0 && request.ifr_hwaddr.sa_family == ARPHRD_LOOPBACK;
    if (fd >= 0) {
        close(fd);
    }
    return answer;
}

static int activate(struct shawk_pcap *pcap, const char *name, int ring_bytes) {
    char text[PCAP_ERRBUF_SIZE] = "";
    pcap->pcap = pcap_create(name, text);
    if (pcap->pcap == NULL) {
        put_line(pcap->why, LINE, text);
        return -EIO;
    }
    /* Not immediate: each packet would take as much of the ring as the longest one. */
    (void)pcap_set_snaplen(pcap->pcap, SHAWK_PCAP_SNAPLEN);
    (void)pcap_set_promisc(pcap->pcap, 0);
    (void)pcap_set_timeout(pcap->pcap, BLOCK_MS);
    (void)pcap_set_buffer_size(pcap->pcap, ring_bytes > 0 ? ring_bytes : RING_DEFAULT);
    int status = pcap_activate(pcap->pcap);
    if (status < 0) {
        const char *said = pcap_geterr(pcap->pcap);
        put_line(pcap->why, LINE, said[0] != '\0' ? said : pcap_statustostr(status));
        return errno_of(status);
    }
    pcap->descriptor = pcap_get_selectable_fd(pcap->pcap);
    if (pcap->descriptor < 0 || pcap_setnonblock(pcap->pcap, 1, text) != 0) {
        put_line(pcap->why, LINE, pcap->descriptor < 0 ? "it cannot be waited for" : text);
        return -EIO;
    }
    pcap->echoes = strcmp(name, ANY) == 0 || is_loopback(name);
    return 0;
}

int shawk_pcap_open_live(const char *name, int ring_bytes, struct shawk_pcap **out, char *why, int capacity) {
    *out = NULL;
    struct shawk_pcap *pcap = allocate();
    if (pcap == NULL) {
        return -ENOMEM;
    }
    pcap->live = 1;
    /* libpcap knows more devices, of USB or the firewall's log, in which there are no connections. */
    int result = strcmp(name, ANY) == 0 || if_nametoindex(name) != 0 ? activate(pcap, name, ring_bytes) : -ENODEV;
    return finish(pcap, result, out, why, capacity);
}

static int open_stream(struct shawk_pcap *pcap) {
    if (reader_is_compressed(&pcap->reader)) {
        return -SHAWK_PCAP_COMPRESSED;
    }
    char text[PCAP_ERRBUF_SIZE] = "";
    FILE *stream = reader_stream(&pcap->reader);
    if (stream == NULL) {
        return -ENOMEM;
    }
    pcap->pcap = pcap_fopen_offline(stream, text);
    if (pcap->pcap == NULL) {
        put_line(pcap->why, LINE, text);
        (void)fclose(stream);
        return pcap->reader.stopped ? -ECANCELED : pcap->reader.error != 0 ? pcap->reader.error : -SHAWK_PCAP_DAMAGED;
    }
    return 0;
}

int shawk_pcap_open_file(const char *path, struct shawk_pcap **out, char *why, int capacity) {
    *out = NULL;
    struct shawk_pcap *pcap = allocate();
    if (pcap == NULL) {
        return -ENOMEM;
    }
    int descriptor = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int result = descriptor < 0 ? -errno : reader_open(&pcap->reader, descriptor, pcap->wake);
    if (descriptor > STDIN_FILENO && pcap->reader.bytes == NULL) {
        close(descriptor);
    }
    return finish(pcap, result < 0 ? result : open_stream(pcap), out, why, capacity);
}
