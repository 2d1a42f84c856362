namespace Loa.Audio;

/// <summary>What is wrong with an Ogg Opus file.</summary>
public enum OggFault
{
    None,

    /// <summary>Longer than what we take.</summary>
    TooLong,

    /// <summary>Something else than a page begins here.</summary>
    NotOgg,

    /// <summary>It ends before its last page is whole.</summary>
    Truncated,

    /// <summary>A page's bytes are not those that were written.</summary>
    Checksum,

    /// <summary>Pages are missing, repeated, out of order or of another stream.</summary>
    Sequence,

    /// <summary>The identification or comment header is not that of Opus, or of a kind that we do not play.</summary>
    Header,

    /// <summary>A packet is cut, too large or not Opus.</summary>
    Packet,

    /// <summary>The positions do not agree with the sound.</summary>
    Granule,
}
