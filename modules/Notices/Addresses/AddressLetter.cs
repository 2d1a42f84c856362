using Loa.Notices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Loa.Notices.Addresses;

/// <summary>
/// A letter about an officer's address itself: to a new one the code that proves it his, to one he left that nothing comes there
/// any more.
/// </summary>
sealed class AddressLetter
{
    public long Id { get; private init; }
    public required Guid OfficerId { get; init; }
    public required string Address { get; init; }

    /// <summary>Whether it carries a code.</summary>
    public required bool Proves { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Made when it is first sent.</summary>
    public string? Code { get; set; }

    /// <summary>How many wrong codes were typed.</summary>
    public int Mistakes { get; set; }

    /// <summary>When it is to be sent.</summary>
    public required DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the mail server said against it.</summary>
    public string? Failure { get; set; }

    /// <summary>When the address was proved, or another took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

static class AddressRows
{
    extension(NoticesDb db)
    {
        public DbSet<AddressLetter> AddressLetters => db.Set<AddressLetter>();

        /// <summary>That by which an officer is asked to prove his address; null when he is not.</summary>
        public Task<AddressLetter?> Proof(Guid officer, CancellationToken cancel) =>
            db.AddressLetters.FirstOrDefaultAsync(l => l.OfficerId == officer && l.Proves && l.EndedAt == null, cancel);
    }

    sealed class LetterShape : IEntityTypeConfiguration<AddressLetter>
    {
        public void Configure(EntityTypeBuilder<AddressLetter> builder) =>
            builder.ToTable("AddressLetters").HasKey(l => l.Id);
    }
}
