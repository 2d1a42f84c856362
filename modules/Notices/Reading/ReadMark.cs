namespace Loa.Notices.Reading;

/// <summary>One officer has read one notice.</summary>
sealed record ReadMark(Guid OfficerId, long NoticeId);

/// <summary>Up to which notice an officer has read all.</summary>
sealed class NoticeReader
{
    public required Guid OfficerId { get; init; }
    public long ReadUpTo { get; set; }
}
