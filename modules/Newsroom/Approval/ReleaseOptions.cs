using System.ComponentModel.DataAnnotations;

namespace Loa.Newsroom.Approval;

/// <summary>How long an approval holds.</summary>
sealed class ReleaseOptions
{
    public const string Section = "Newsroom:Release";

    [Range(1, 366)]
    public int Days { get; set; } = 30;
}
