using System.Security.Cryptography;
using System.Text;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Delivery;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices.Addresses;

/// <summary>
/// Takes an officer's address only when he has typed the code that was sent to it; until then his letters go where they went. Who
/// has the address that he left is told.
/// </summary>
sealed class MailAddresses(NoticesDb db, TimeProvider clock)
{
    public const int CodeDigits = 8;
    const int MostMistakes = 5;

    // Nobody makes this server write to strangers.
    const int MostAsked = 5;
    static readonly TimeSpan AskedIn = TimeSpan.FromHours(1);
    static readonly TimeSpan CodeHolds = TimeSpan.FromDays(1);

    /// <summary>What the officer wrote into his form; null for no letters.</summary>
    public async Task Take(NoticeChoice choice, string? address, CancellationToken cancel)
    {
        var proof = await db.Proof(choice.OfficerId, cancel);
        if (address == (proof?.Address ?? choice.Mail))
            return;
        proof?.EndedAt = clock.Moment();
        if (address is null)
            Change(choice, null);
        else if (address != choice.Mail)
            await Ask(choice.OfficerId, address, cancel);
    }

    /// <summary>Sends another code to the address that is asked for.</summary>
    public async Task AskAgain(Guid officer, CancellationToken cancel)
    {
        var proof = await db.Proof(officer, cancel) ?? throw new MissingException("mail-proof");
        proof.EndedAt = clock.Moment();
        await Ask(officer, proof.Address, cancel);
    }

    /// <summary>Whether the code is the one that was sent.</summary>
    public async Task<bool> Prove(Guid officer, string code, CancellationToken cancel)
    {
        var proof = await db.Proof(officer, cancel) ?? throw new MissingException("mail-proof");
        if (!Holds(proof, code))
        {
            proof.Mistakes++;
            return false;
        }
        proof.EndedAt = clock.Moment();
        Change(await db.Choices.SingleAsync(c => c.OfficerId == officer, cancel), proof.Address);
        return true;
    }

    bool Holds(AddressLetter proof, string code) =>
        proof is { Code: { } sent, Mistakes: < MostMistakes }
        && clock.Moment() - proof.At < CodeHolds
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(code));

    async Task Ask(Guid officer, string address, CancellationToken cancel)
    {
        var since = clock.Moment() - AskedIn;
        var asked = await db.AddressLetters.CountAsync(l => l.OfficerId == officer && l.Proves && l.At > since, cancel);
        Refuse.If(asked >= MostAsked, "mail.too-many");
        Write(officer, address, proves: true);
    }

    void Change(NoticeChoice choice, string? address)
    {
        if (choice.Mail is { } left)
            Write(choice.OfficerId, left, proves: false);
        choice.Mail = address;
    }

    void Write(Guid officer, string address, bool proves) =>
        db.Add(
            new AddressLetter
            {
                OfficerId = officer,
                Address = address,
                Proves = proves,
                At = clock.Moment(),
                DueAt = clock.Moment(),
            }
        );
}
