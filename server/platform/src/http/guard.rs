//! Which addresses may be fetched. Everything special is listed; what is not listed is the public
//! internet. Sources: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and later).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Why an address may not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not an address of the web at all, or too long.
    #[error("not a web address")]
    Malformed,
    /// Neither `http` nor `https`.
    #[error("only http and https")]
    Scheme,
    /// A name or password stands in it.
    #[error("no credentials in addresses")]
    Credentials,
    /// A port other than 80 and 443.
    #[error("only the ports 80 and 443")]
    Port,
    /// Inside a private network.
    #[error("an address inside the network")]
    Private,
    /// This machine itself, the local link, a group, documentation and the like.
    #[error("a special address")]
    Special,
}

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Public,
    /// May be allowed by configuration.
    Private,
    /// Never sensible.
    Special,
}

/// The judge, for one policy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    allow_private: bool,
    /// Tests have no public address to listen on; this one stands for it.
    #[cfg(test)]
    pub(super) public_stand_in: Option<IpAddr>,
}

impl Guard {
    pub(super) fn new(allow_private: bool) -> Self {
        Self {
            allow_private,
            #[cfg(test)]
            public_stand_in: None,
        }
    }

    /// Judges everything that can be judged before names are resolved.
    pub(super) fn judge_url(&self, url: &Url) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials);
        }
        match url.host() {
            // Connections to literal addresses never ask the resolver, so this is their judge. The
            // parser has turned decimal, octal and hexadecimal spellings into addresses.
            Some(Host::Ipv4(address)) => self.judge_address(IpAddr::V4(address))?,
            Some(Host::Ipv6(address)) => self.judge_address(IpAddr::V6(address))?,
            Some(Host::Domain(_)) => {}
            None => return Err(Refusal::Malformed),
        }
        if self.allows_port(url) {
            Ok(())
        } else {
            Err(Refusal::Port)
        }
    }

    fn allows_port(&self, url: &Url) -> bool {
        #[cfg(test)]
        if self.public_stand_in.is_some() {
            return true;
        }
        self.allow_private || matches!(url.port_or_known_default(), Some(80 | 443))
    }

    /// Judges an address that would be connected to.
    pub(super) fn judge_address(&self, address: IpAddr) -> Result<(), Refusal> {
        #[cfg(test)]
        if self.public_stand_in == Some(address) {
            return Ok(());
        }
        match reach(address) {
            Reach::Public => Ok(()),
            Reach::Private if self.allow_private => Ok(()),
            Reach::Private => Err(Refusal::Private),
            Reach::Special => Err(Refusal::Special),
        }
    }
}

fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        // Private use; shared with the provider (CGNAT, RFC 6598); this machine.
        [10, ..] | [192, 168, ..] | [127, ..] => Reach::Private,
        [172, b, ..] if (16..=31).contains(&b) => Reach::Private,
        [100, b, ..] if (64..=127).contains(&b) => Reach::Private,
        // This network; link-local, where clouds keep their secrets; protocol assignments;
        // documentation; 6to4 relays; AS112; benchmarks; multicast, reserved and broadcast.
        [0, ..]
        | [169, 254, ..]
        | [192, 0, 0 | 2, _]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        | [192, 88, 99, _]
        | [192, 31, 196, _]
        | [192, 52, 193, _]
        | [192, 175, 48, _]
        | [198, 18 | 19, ..]
        | [224..=255, ..] => Reach::Special,
        _ => Reach::Public,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    let segments = address.segments();
    let [a, _, _, _, e, f, g, h] = segments;
    let inner = Ipv4Addr::from((u32::from(g) << 16) | u32::from(h));
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private,
        // Mapped IPv4 (`::ffff:0:0/96`) connects by IPv4 and is judged as such.
        [0, 0, 0, 0, 0, 0xffff, ..] => reach_v4(inner),
        // NAT64 (RFC 6052): networks without IPv4 reach every public server this way, and only them.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] if reach_v4(inner) == Reach::Public => Reach::Public,
        // Unique local.
        [0xfc00..=0xfdff, ..] => Reach::Private,
        // Documentation; Teredo, benchmarks, ORCHID and other assignments; 6to4; ISATAP.
        [0x2001, 0x0db8 | 0..=0x01ff, ..] | [0x3fff, 0..=0x0fff, ..] | [0x2002, ..] => {
            Reach::Special
        }
        _ if e & 0xfdff == 0 && f == 0x5efe => Reach::Special,
        // Only 2000::/3 is the public internet. That leaves out everything else: unspecified,
        // compatible and translated IPv4, link-local, site-local, multicast.
        _ if a & 0xe000 == 0x2000 => Reach::Public,
        _ => Reach::Special,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    fn judge(address: &str, allow_private: bool) -> Result<(), Refusal> {
        Guard::new(allow_private).judge_address(address.parse().unwrap())
    }

    #[test]
    fn the_public_internet_is_allowed() {
        for address in [
            "8.8.8.8",
            "1.1.1.1",
            "93.184.216.34",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "11.0.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::5e",
            "64:ff9b::8.8.8.8",
            "::ffff:8.8.8.8",
        ] {
            assert_eq!(judge(address, false), Ok(()), "{address}");
        }
    }

    #[test]
    fn private_addresses_need_permission() {
        for address in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "127.0.0.1",
            "127.8.8.8",
            "100.64.0.1",
            "100.127.255.255",
            "::1",
            "fc00::1",
            "fd00:ec2::254",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
        ] {
            assert_eq!(judge(address, false), Err(Refusal::Private), "{address}");
            assert_eq!(judge(address, true), Ok(()), "{address}");
        }
    }

    #[test]
    fn special_addresses_are_never_fetched() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "192.0.0.1",
            "192.0.2.1",
            "198.51.100.1",
            "203.0.113.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001::7f00:1",
            "2001:db8::1",
            "2001:2::1",
            "3fff::1",
            "5f00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "2a00::5efe:7f00:1",
            "2a00::200:5efe:a00:1",
        ] {
            for allow_private in [false, true] {
                assert_eq!(
                    judge(address, allow_private),
                    Err(Refusal::Special),
                    "{address}"
                );
            }
        }
    }

    #[test]
    fn schemes_credentials_and_ports_are_judged() {
        let guard = Guard::new(false);
        let judge = |text: &str| guard.judge_url(&Url::parse(text).unwrap());
        assert_eq!(judge("https://example.org/"), Ok(()));
        assert_eq!(judge("http://example.org:80/"), Ok(()));
        for scheme in [
            "file:///etc/passwd",
            "ftp://example.org/",
            "gopher://example.org/",
            "data:text/html,x",
            "javascript:alert(1)",
            "ws://example.org",
        ] {
            assert_eq!(judge(scheme), Err(Refusal::Scheme), "{scheme}");
        }
        assert_eq!(judge("http://user@example.org/"), Err(Refusal::Credentials));
        assert_eq!(
            judge("http://example.org@10.0.0.1/"),
            Err(Refusal::Credentials)
        );
        assert_eq!(
            judge("http://:pass@example.org/"),
            Err(Refusal::Credentials)
        );
        assert_eq!(judge("http://example.org:22/"), Err(Refusal::Port));
        assert_eq!(judge("https://example.org:8443/"), Err(Refusal::Port));
    }

    proptest! {
        /// However an IPv4 address is wrapped, it never reaches further than bare.
        #[test]
        fn wrapping_never_helps(number: u32) {
            let inner = Ipv4Addr::from(number);
            let [high, low] = [(number >> 16) as u16, number as u16];
            for wrapped in [
                inner.to_ipv6_mapped(),
                Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
                Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
            ] {
                if reach_v4(inner) != Reach::Public && wrapped != Ipv6Addr::LOCALHOST {
                    prop_assert!(reach_v6(wrapped) == reach_v4(inner) || reach_v6(wrapped) == Reach::Special);
                }
            }
        }
    }
}
