//! Countries by the codes of three letters that data on events use.

use super::Country;

/// ISO 3166-1, each country's two letters and its three, by the two; Kosovo by the codes that are in use for it.
const CODES: &str = "\
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT \
    AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI \
    BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR \
    BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN \
    COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA \
    DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK \
    FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL \
    GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD \
    HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN \
    ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA \
    KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO \
    LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD \
    MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI \
    MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL \
    NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM \
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA \
    SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR \
    SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF \
    TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN \
    TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR \
    VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/// How far apart two entries of [`CODES`] begin.
const STEP: usize = "ADAND ".len();

impl Country {
    /// The ISO 3166-1 alpha-3 code, `XKX` for Kosovo; nothing for a code that no country has.
    pub fn alpha3(self) -> Option<&'static str> {
        let (mut low, mut high) = (0, CODES.len().div_ceil(STEP));
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = CODES.get(middle * STEP..)?;
            match entry.get(..2)?.cmp(self.code()) {
                std::cmp::Ordering::Equal => return entry.get(2..5),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha3(code: &str) -> Option<&'static str> {
        Country::new(code).and_then(Country::alpha3)
    }

    #[test]
    fn codes_are_those_of_iso_3166() {
        for (two, three) in [
            ("AD", "AND"),
            ("CH", "CHE"),
            ("DE", "DEU"),
            ("KP", "PRK"),
            ("KR", "KOR"),
            ("SS", "SSD"),
            ("XK", "XKX"),
            ("ZA", "ZAF"),
            ("ZW", "ZWE"),
        ] {
            assert_eq!(alpha3(two), Some(three));
        }
        assert_eq!(alpha3("XX"), None);
        assert_eq!(alpha3("AA"), None);
        assert_eq!(alpha3("ZZ"), None);
    }

    #[test]
    fn every_country_of_the_word_lists_has_one_of_its_own() {
        let rows = include_str!("../../assets/lexicon/countries.tsv").lines().filter(|row| !row.starts_with('#'));
        let mut codes: Vec<&str> = Vec::new();
        for code in rows.filter_map(|row| row.split('\t').next()).filter(|code| !code.is_empty()) {
            codes.push(alpha3(code).unwrap_or_else(|| panic!("{code} has no code of three letters")));
        }
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
