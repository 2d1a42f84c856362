using System.ComponentModel.DataAnnotations;

namespace Loa.Newsroom.Voices;

/// <summary>How much reading aloud the machine takes on.</summary>
sealed class RenderingOptions
{
    public const string Section = "Newsroom:Renderings";

    /// <summary>Syllables a minute, where a bulletin names no pace of its own.</summary>
    [Range(ReadingPace.Slowest, ReadingPace.Quickest)]
    public int Pace { get; set; } = ReadingPace.Usual;

    /// <summary>Sentences that are read at the same time.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = Environment.ProcessorCount;

    /// <summary>Officers whose renderings may wait for their turn; one more is refused at once.</summary>
    [Range(0, 10_000)]
    public int Waiting { get; set; } = 50;

    /// <summary>What an officer's previews may take on the disk; then his oldest go.</summary>
    [Range(1, long.MaxValue)]
    public long MostPreviewBytes { get; set; } = 500L * 1024 * 1024;

    /// <summary>What the sentences that were read may take on the disk; then those not used longest go.</summary>
    [Range(1, long.MaxValue)]
    public long MostSentenceBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>A sentence that takes longer is stopped, and so is the putting together of a text.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(10);
}
