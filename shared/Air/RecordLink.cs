namespace Loa.Air;

/// <summary>How a good record meets the chain it belongs to.</summary>
public enum RecordLink
{
    /// <summary>The record itself is refused, so where it stands says nothing.</summary>
    None,

    /// <summary>It follows the last one.</summary>
    Next,

    /// <summary>Its number is stored already: acknowledge again.</summary>
    Repeat,

    /// <summary>Records between are missing.</summary>
    Gap,

    /// <summary>It has the next number but another past.</summary>
    Broken,
}
