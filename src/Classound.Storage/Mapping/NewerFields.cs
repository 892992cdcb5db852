using System.Collections;
using Classound.Storage.Mapping.Stored;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Classound.Storage.Mapping;

/// <summary>
/// What a newer release has added to the stored values of a PBX, and this one does not know: it goes back into them when they are
/// written again, so that releases may be mixed, and gone back to, without losing it.
/// </summary>
/// <remarks>
/// An added field of a value, and of a message in it, always survives. Elements of lists, and what is copied whole from elsewhere (a
/// plan, a pricing), keep theirs as long as all else in them stays the same: another plan must not inherit what belonged to the last.
/// </remarks>
public sealed class NewerFields
{
    private static readonly MessageDescriptor[] Copies = [StoredPlan.Descriptor, StoredPricing.Descriptor];

    // As they are stored. Empty but while releases are mixed.
    private readonly Dictionary<string, byte[]> _values = new(StringComparer.Ordinal);

    /// <summary>Looks through fields as they were loaded: the live ledger's, and later those of a month that has its own key.</summary>
    public void Find(IReadOnlyDictionary<string, byte[]> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in fields)
        {
            // We write no byte that we do not read: what is longer than what we know of it holds more.
            if (ParserOf(name) is { } parser && Known(parser, value).CalculateSize() < value.Length) _values[name] = value;
        }
    }

    /// <summary>The new value of a field with what is kept of its old one.</summary>
    internal byte[] Onto(string name, byte[] value)
    {
        if (_values.Count == 0 || !_values.TryGetValue(name, out var stored)) return value;
        var parser = ParserOf(name)!;
        var message = parser.ParseFrom(value);
        Graft(parser.ParseFrom(stored), Known(parser, stored), message);
        return _values[name] = message.ToByteArray();
    }

    /// <summary>The field is gone: one that comes under its name is another.</summary>
    internal void Forget(string name) => _values.Remove(name);

    private static MessageParser? ParserOf(string name) => name switch
    {
        LedgerFields.Header => StoredHeader.Parser,
        LedgerFields.Settings => StoredSettings.Parser,
        LedgerFields.Seats => StoredSeats.Parser,
        [LedgerFields.DidPrefix, ':', ..] => StoredDid.Parser,
        [LedgerFields.CallPrefix, ':', ..] => StoredActiveCall.Parser,
        [LedgerFields.AllowancePrefix, ':', ..] => StoredAllowance.Parser,
        [LedgerFields.SeatUsePrefix, ':', ..] => StoredSeatUse.Parser,
        [LedgerFields.TotalsPrefix, ':', ..] => StoredTotals.Parser,
        [LedgerFields.DayPrefix, ':', ..] => StoredDaySpend.Parser,
        // Rated calls are never written again, and what we have no name for we do not touch.
        _ => null,
    };

    private static IMessage Known(MessageParser parser, byte[] value) => parser.WithDiscardUnknownFields(true).ParseFrom(value);

    /// <param name="stored">As it is stored.</param>
    /// <param name="known">The same without what we do not know.</param>
    /// <param name="onto">What we write.</param>
    private static void Graft(IMessage stored, IMessage known, IMessage onto)
    {
        foreach (var field in onto.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message) continue;
            var (was, knew, now) = (field.Accessor.GetValue(stored), field.Accessor.GetValue(known), field.Accessor.GetValue(onto));
            if (field.IsRepeated) GraftElements((IList)was, (IList)knew, (IList)now);
            else if (now is IMessage part && knew is IMessage before)
            {
                if (before.Equals(part)) field.Accessor.SetValue(onto, was);
                else if (!Copies.Contains(field.MessageType)) Graft((IMessage)was, before, part);
            }
        }
        onto.MergeFrom(Unknown(stored));
    }

    private static void GraftElements(IList stored, IList known, IList onto)
    {
        for (var i = 0; i < onto.Count && i < stored.Count; i++)
        {
            if (known[i]!.Equals(onto[i])) onto[i] = stored[i];
        }
    }

    private static byte[] Unknown(IMessage stored)
    {
        // Its parts, and a second message with the same unknown ones, would go into the result a second time.
        var rest = stored.Descriptor.Parser.ParseFrom(stored.ToByteString());
        foreach (var field in rest.Descriptor.Fields.InDeclarationOrder()) field.Accessor.Clear(rest);
        return rest.ToByteArray();
    }
}
